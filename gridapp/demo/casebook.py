"""Tells all the cases of a demo, oldest first."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from gridapp.demo.fates import draw_fate
from gridapp.demo.folding import begin
from gridapp.demo.moments import draw_moments
from gridapp.demo.reports import draw_report, draw_shot, draw_topic, month_of
from gridapp.demo.showcase import find_scenes, stage_scene
from gridapp.demo.sizes import Extent
from gridapp.demo.stage import Stage
from gridapp.demo.stories import Story, tell
from gridapp.demo.telling import Played
from gridapp.domain.vocabulary import Status

_MERGE_EVERY: Final = 33
_MERGE_WITHIN: Final = timedelta(days=2)
_RECENT_COUNT: Final = 40
_PHOTO_SHARE: Final = 0.8


def tell_cases(stage: Stage, extent: Extent, seed: str) -> Iterator[Played]:
    """Tell every case, oldest first, so that a higher number was reported later."""
    wanted = list(find_scenes(stage, f"{seed}:scene"))
    count = max(0, extent.case_count - len(wanted))
    moments = draw_moments(count, extent.days, stage.now, Random(f"{seed}:moments"))
    dated: list[tuple[datetime, int]] = [(at, -1) for at in moments]
    dated += [(found.at, number) for number, found in enumerate(wanted)]
    recent: deque[Played] = deque(maxlen=_RECENT_COUNT)
    for case_id, (at, number) in enumerate(sorted(dated), 1):
        if number >= 0:
            _, hours_back, scene_seed, scene = wanted[number]
            yield stage_scene(stage, scene, case_id, scene_seed, hours_back).played
        else:
            yield _chance_case(stage, extent, case_id, at, f"{seed}:{case_id}", recent)


def _chance_case(  # noqa: PLR0913, PLR0917 - a case is drawn from all of them
    stage: Stage, extent: Extent, case_id: int, at: datetime, seed: str, recent: deque[Played]
) -> Played:
    chance = Random(seed)
    fate = draw_fate(chance, extent.settled_ratio)
    place, topic = chance.choice(stage.places), draw_topic(stage, chance, fate, month_of(at))
    same = _same_matter(at, recent, chance) if case_id % _MERGE_EVERY == 0 else None
    if same is not None:
        fate.settled_at_once = fate.settled_later = False
        fate.merge_into, place, topic = same.no, same.report.place, same.report.topic
    shot = draw_shot(stage, topic, chance, _PHOTO_SHARE)
    report = draw_report(stage, chance, at, place, topic, fate, shot)
    story = Story(stage, begin(stage, case_id, report), chance, fate, shot)
    tell(story)
    if report.by is None and story.row["status"] is not Status.MERGED and not fate.merge_into:
        recent.append(story.played)
    return story.played


def _same_matter(at: datetime, recent: deque[Played], chance: Random) -> Played | None:
    """Find a case of the last days about which somebody else reports as well."""
    near = [played for played in recent if at - played.report.at < _MERGE_WITHIN]
    return chance.choice(near) if near else None

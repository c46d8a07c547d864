"""Stories that a demo always has, whatever the chance: something to do for everyone who signs in.

Each is set as late before the present as it fits, so that it stands where it is wanted now.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from gridapp.demo.fates import Fate
from gridapp.demo.folding import begin
from gridapp.demo.reports import draw_report, draw_shot
from gridapp.demo.stage import Stage
from gridapp.demo.stories import Story, tell
from gridapp.domain.vocabulary import Deed, Satisfaction

_HOURS_BACK: Final = (
    0.2, 0.5, 1, 2, 3, 4, 6, 9, 14, 20, 27, 36, 48, 63, 80, 100, 125, 150, 180, 220, 270, 330, 400,
    480, 580, 700,
)  # fmt: skip


class Scene(NamedTuple):
    """A story that is wanted: in the how-manyth grid, about what, told until which deed."""

    grid: int
    topic: str
    until: Deed
    fate: Fate


SCENES: Final = (
    Scene(0, "manhole_cover", Deed.REPORT, Fate()),
    Scene(0, "rubbish", Deed.REPORT, Fate()),
    Scene(1, "bad_parking", Deed.REPORT, Fate()),
    Scene(0, "policy_question", Deed.REPORT, Fate()),
    Scene(0, "noise", Deed.ACCEPT, Fate()),
    Scene(1, "road_damage", Deed.ACCEPT, Fate()),
    Scene(0, "elderly_care", Deed.DISPATCH, Fate(stays_in_grid=True)),
    Scene(0, "fire_lane", Deed.DISPATCH, Fate(stays_in_grid=True)),
    Scene(1, "wire_charging", Deed.DISPATCH, Fate(stays_in_grid=True)),
    Scene(0, "street_lamp", Deed.DISPATCH, Fate()),
    Scene(1, "road_damage", Deed.DISPATCH, Fate()),
    Scene(0, "bike_upstairs", Deed.TAKE, Fate(stays_in_grid=True)),
    Scene(0, "manhole_cover", Deed.TAKE, Fate()),
    Scene(1, "street_lamp", Deed.TAKE, Fate()),
    Scene(0, "road_damage", Deed.HANDLE, Fate()),
    Scene(1, "flooding", Deed.HANDLE, Fate()),
    Scene(0, "street_lamp", Deed.VERIFY, Fate()),
    Scene(0, "property_service", Deed.PAUSE, Fate(pauses=True)),
    Scene(1, "dispute", Deed.RETURN, Fate(returns=1)),
    Scene(0, "road_damage", Deed.ASK_EXTENSION, Fate(asks_extension=True)),
    Scene(1, "construction_waste", Deed.SUPERVISE, Fate(is_urged=True, is_supervised=True)),
    Scene(1, "policy_question", Deed.DECLINE, Fate(declined=True)),
    Scene(0, "rubbish", Deed.REDO, Fate(is_redone=True)),
    Scene(1, "property_service", Deed.RESUME, Fate(pauses=True)),
    Scene(1, "illegal_building", Deed.EXTEND, Fate(asks_extension=True)),
    Scene(0, "street_lamp", Deed.RATE, Fate(is_rated=True)),
    Scene(0, "dirty_road", Deed.REOPEN, Fate(
        settled_later=True, is_rated=True, is_reopened=True,
        satisfaction=Satisfaction.DISSATISFIED,
    )),
    Scene(0, "bill_posting", Deed.SETTLE, Fate(settled_at_once=True)),
    Scene(0, "dirty_road", Deed.SETTLE, Fate(settled_at_once=True)),
)  # fmt: skip


def stage_scene(stage: Stage, scene: Scene, case_id: int, seed: str, hours_back: float) -> Story:
    """Tell a wanted story from so many hours ago."""
    chance = Random(f"{seed}:{hours_back}")
    homes = list(dict.fromkeys(place.home_id for place in stage.places))
    place = chance.choice([p for p in stage.places if p.home_id == homes[scene.grid]])
    # Not all on the same second.
    at = stage.now - timedelta(hours=hours_back) - timedelta(seconds=chance.randrange(600))
    at = at.replace(microsecond=0)
    shot = draw_shot(stage, scene.topic, chance, 1.0)
    fate = replace(scene.fate)
    report = draw_report(stage, chance, at, place, scene.topic, fate, shot)
    story = Story(stage, begin(stage, case_id, report), chance, fate, shot)
    if scene.until is not Deed.REPORT:
        tell(story, scene.until)
    return story


class Found(NamedTuple):
    """A wanted story and how long ago it begins."""

    at: datetime
    hours_back: float
    seed: str
    scene: Scene


def find_scenes(stage: Stage, seed: str) -> Iterator[Found]:
    """Find for every wanted story how many hours ago it must have begun."""
    for number, scene in enumerate(SCENES):
        # Each at its own pace, or all would begin in the same few hours.
        pace = Random(f"{seed}:{number}").uniform(0.6, 1.7)
        for hours_back in (hours * pace for hours in _HOURS_BACK):
            story = stage_scene(stage, scene, 0, f"{seed}:{number}", hours_back)
            if story.played.steps[-1][0]["deed"] is scene.until:
                yield Found(story.played.report.at, hours_back, f"{seed}:{number}", scene)
                break

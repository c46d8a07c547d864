"""Draws reports: who writes what, where, with which photo."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from gridapp.demo.areas import Place
from gridapp.demo.fates import Fate
from gridapp.demo.names import draw_mobile, draw_name
from gridapp.demo.phrases.all import PHRASES
from gridapp.demo.phrases.form import Matter
from gridapp.demo.phrases.office import (
    CLOSINGS,
    DURATIONS,
    HEARD,
    OPENINGS,
    SINCE,
    SPOTS,
)
from gridapp.demo.stage import Shot, Stage
from gridapp.demo.telling import Report
from gridapp.domain.vocabulary import Source
from gridapp.domain.workcalendar import beijing_date

_SEASON: Final = 3
_DEVICES_COUNT: Final = 9_000
# Of the reports that are not settled by the worker who found them.
_RESIDENT_SHARE: Final = 0.62
_CENTRE_SHARE: Final = 0.2
_CENTRE_SOURCES: Final = ((Source.HOTLINE, 70), (Source.WALK_IN, 15), (Source.PETITION, 15))
_WORKER_SOURCES: Final = ((Source.WORKER, 60), (Source.PATROL, 25), (Source.CHAT, 15))


def draw_topic(stage: Stage, chance: Random, fate: Fate, month: int) -> str:
    """Draw a category by how often it comes up in this month; only what a worker may settle."""
    to_settle = fate.settled_at_once or fate.settled_later
    topics = [code for code in PHRASES if stage.categories[code].may_settle or not to_settle]
    weights = [
        PHRASES[code].weight * (_SEASON if month in PHRASES[code].months else 1) for code in topics
    ]
    return chance.choices(topics, weights)[0]


def compose(matter: Matter, place: Place, chance: Random, *, heard: bool = False) -> str:
    """Compose what a reporter writes, or a worker who heard of it on the round."""
    problem = matter.problem.format(
        b=place.short if chance.random() < 0.5 else place.name,
        s=chance.choice(SPOTS),
        t=chance.choice(SINCE),
        n=chance.randint(2, 6),
        d=chance.choice(DURATIONS),
    )
    if heard:
        return chance.choice(HEARD) + problem
    return chance.choice(OPENINGS) + problem + chance.choice(CLOSINGS)


def draw_shot(stage: Stage, topic: str, chance: Random, share: float) -> Shot | None:
    """Draw a photo that fits, for this share of those that have one."""
    scene = PHRASES[topic].scene
    shots = stage.album.get(scene, []) if scene else []
    return chance.choice(shots) if shots and chance.random() < share else None


def draw_report(  # noqa: PLR0913, PLR0917 - a report is told by all of them
    stage: Stage,
    chance: Random,
    at: datetime,
    place: Place,
    topic: str,
    fate: Fate,
    shot: Shot | None,
) -> Report:
    """Draw a report of one topic at one place."""
    by, source = (None, None) if fate.merge_into else _who(stage, chance, place, fate)
    matter = chance.choice(PHRASES[topic].matters)
    heard = by is not None and source not in {s for s, _ in _CENTRE_SOURCES}
    facts: dict[str, Any] = {"at": place.code, "text": compose(matter, place, chance, heard=heard)}
    made_at = at if by else at - timedelta(seconds=chance.randint(3, 90))
    facts |= {"category": topic, "made_at": made_at}
    if source:
        facts["source"] = source
    device = ""
    if by is None:
        facts |= _of_resident(chance, place, shot)
        device = f"demo-{chance.randrange(_DEVICES_COUNT):05d}"
    elif source is Source.HOTLINE:
        facts |= {"phone": draw_mobile(chance), "name": draw_name(chance)}
    elif fate.settled_at_once:
        facts.pop("source", None)
    elif shot:
        facts["photos"] = (shot.found,)
    uid = UUID(int=chance.getrandbits(128), version=4)
    return Report(uid, at, made_at, place, topic, matter, facts, chance.randbytes(16), by, device)


def _who(
    stage: Stage, chance: Random, place: Place, fate: Fate
) -> tuple[int | None, Source | None]:
    worker = stage.staff.worker_of[place.home_id]
    if fate.settled_at_once:
        return worker, Source.WORKER
    roll = chance.random()
    if fate.settled_later or roll < _RESIDENT_SHARE:
        return None, None
    if roll < _RESIDENT_SHARE + _CENTRE_SHARE:
        return stage.person("wang"), _drawn(chance, _CENTRE_SOURCES)
    return worker, _drawn(chance, _WORKER_SOURCES)


def _drawn(chance: Random, sources: tuple[tuple[Source, int], ...]) -> Source:
    return chance.choices([source for source, _ in sources], [weight for _, weight in sources])[0]


def _of_resident(chance: Random, place: Place, shot: Shot | None) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if chance.random() < 0.6:
        facts["phone"] = draw_mobile(chance)
        if chance.random() < 0.5:
            facts["name"] = draw_name(chance)
    if chance.random() < 0.4:
        facts["lng_wgs84"] = round(place.lng + chance.uniform(-3e-4, 3e-4), 6)
        facts["lat_wgs84"] = round(place.lat + chance.uniform(-3e-4, 3e-4), 6)
        facts["accuracy_m"] = float(chance.randint(8, 60))
    if chance.random() < 0.12:
        facts["category"] = None
    if shot:
        facts["photos"] = (shot.found,)
    return facts


def month_of(at: datetime) -> int:
    """Give the Beijing month of a moment."""
    return beijing_date(at).month

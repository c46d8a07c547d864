"""What workers leave behind on their rounds: check-ins and notes."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from gridapp.demo.areas import Place, Row
from gridapp.demo.phrases.office import NOTES, SPOTS
from gridapp.demo.stage import Stage
from gridapp.domain.workcalendar import BEIJING, beijing_date

_DAYS_BACK: Final = 14
_STOPS_A_DAY: Final = 4
_NOTES_SHARE: Final = 0.2
_FIRST_HOUR, _LAST_HOUR = 9, 17


def walk(stage: Stage, seed: str) -> tuple[list[Row], list[Row]]:
    """Give the check-ins and the notes of the last two weeks, oldest first."""
    chance = Random(f"{seed}:walks")
    check_ins: list[Row] = []
    notes: list[Row] = []
    for at, place in _stops(stage, chance):
        worker = stage.staff.worker_of[place.home_id]
        row: Row = {
            "uid": UUID(int=chance.getrandbits(128), version=4),
            "person_id": worker,
            "grid_id": place.grid_id,
            "building_id": place.building_id,
            "lng_wgs84": None,
            "lat_wgs84": None,
            "accuracy_m": None,
            "made_at": at,
            "received_at": at + timedelta(seconds=chance.randint(1, 20)),
        }
        counted: Row = {"seen_on": beijing_date(at), "point_id": None, "words": ""}
        check_ins.append(row | counted | {"via": chance.choice(("scan", "scan", "tap"))})
        if chance.random() < _NOTES_SHARE:
            text = chance.choice(NOTES).format(b=place.name, s=chance.choice(SPOTS))
            uid = UUID(int=chance.getrandbits(128), version=4)
            notes.append(row | {"uid": uid, "text": text, "case_id": None})
    return check_ins, notes


def _stops(stage: Stage, chance: Random) -> Iterator[tuple[datetime, Place]]:
    by_home: dict[int, list[Place]] = {}
    for place in stage.places:
        by_home.setdefault(place.home_id, []).append(place)
    today = beijing_date(stage.now)
    stops = []
    for back in range(_DAYS_BACK, -1, -1):
        day = today - timedelta(days=back)
        if not stage.calendar.is_workday(day):
            continue
        for places in by_home.values():
            for place in chance.sample(places, min(_STOPS_A_DAY, len(places))):
                hour = chance.randrange(_FIRST_HOUR, _LAST_HOUR)
                at = datetime.combine(day, time(hour, chance.randrange(60)), BEIJING)
                stops.append((at.astimezone(stage.now.tzinfo), place))
    stops.sort(key=lambda stop: stop[0])
    return ((at, place) for at, place in stops if at + timedelta(minutes=1) <= stage.now)

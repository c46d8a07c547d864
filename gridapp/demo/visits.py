"""Whom the demo's workers keep in touch with, and the visits of the last two months."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from gridapp.demo.areas import Place, Row
from gridapp.demo.names import draw_mobile, draw_name
from gridapp.demo.phrases.visits import FOUND
from gridapp.demo.stage import Stage
from gridapp.domain.visiting import IN_TOUCH, next_visit_on
from gridapp.domain.vocabulary import VisitOutcome
from gridapp.domain.workcalendar import BEIJING, beijing_date
from gridapp.tables import VisitKind

_A_GRID: Final = 8
_DAYS_BACK: Final = 60
_LATEST_ADDED_DAYS: Final = 50
_WITH_PHONE: Final = 0.7
_OUTCOMES: Final = (
    *(VisitOutcome.MET,) * 7, VisitOutcome.BY_PHONE, VisitOutcome.NOT_HOME, VisitOutcome.DECLINED,
)  # fmt: skip


def visit_homes(
    stage: Stage, kinds: Mapping[str, VisitKind], seed: str
) -> tuple[list[Row], list[Row]]:
    """Give the contact households and the visits paid to them, oldest first."""
    chance = Random(f"{seed}:visits")
    homes: list[Row] = []
    visits: list[Row] = []
    by_home: dict[int, list[Place]] = {}
    for place in stage.places:
        by_home.setdefault(place.home_id, []).append(place)
    regular = [kind for kind in kinds.values() if kind.interval_days]
    for home_id, places in by_home.items():
        for _ in range(_A_GRID):
            place = chance.choice(places)
            home = _home(stage, chance, place, chance.choice(regular), len(homes) + 1)
            visits += _visits(stage, chance, home, stage.staff.worker_of[home_id], place.grid_id)
            homes.append(home)
    return homes, visits


def _home(stage: Stage, chance: Random, place: Place, kind: VisitKind, number: int) -> Row:
    back = timedelta(days=chance.randint(_LATEST_ADDED_DAYS, _DAYS_BACK))
    floor, room = chance.randint(1, 6), chance.randint(1, 2)
    return {
        "id": number,
        "uid": _uid(chance),
        "version": 1,
        "building_id": place.building_id,
        "kind_id": kind.id,
        "door": f"1单元{floor}0{room}室",
        "name": draw_name(chance),
        "phone": draw_mobile(chance) if chance.random() < _WITH_PHONE else "",
        "interval_days": kind.interval_days,
        "next_on": None,
        "last_on": None,
        "added_by_id": None,
        "added_at": stage.now - back,
        "ended_at": None,
        "ended_why": "",
    }


def _visits(stage: Stage, chance: Random, home: Row, person_id: int, grid_id: int) -> list[Row]:
    """Tell the visits to a household up to the present, and how it stands now."""
    made: list[Row] = []
    today = beijing_date(stage.now)
    on = beijing_date(home["added_at"])
    while True:
        # Workers come a day early, or two days late.
        on += timedelta(days=chance.randint(-1, 2))
        at = datetime.combine(on, time(chance.randrange(9, 17), chance.randrange(60)), BEIJING)
        if on >= today:
            break
        outcome = chance.choice(_OUTCOMES)
        next_on = next_visit_on(on, home["interval_days"], outcome)
        moment = at.astimezone(stage.now.tzinfo)
        made.append(
            {
                "uid": _uid(chance),
                "household_id": home["id"],
                "grid_id": grid_id,
                "person_id": person_id,
                "kind_id": home["kind_id"],
                "visited_on": on,
                "outcome": outcome,
                "text": chance.choice(FOUND[outcome]),
                "next_on": next_on,
                "case_id": None,
                "made_at": moment,
                "received_at": moment + timedelta(seconds=chance.randint(1, 20)),
            }
        )
        home["next_on"] = next_on
        home["last_on"] = on if outcome in IN_TOUCH else home["last_on"]
        assert next_on is not None, "only households with an interval are visited here"
        on = next_on
    return made


def _uid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)

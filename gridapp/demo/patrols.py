"""Patrol points of every walked grid, what was seen there, and the night patrols of this week."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from gridapp.demo.areas import Place, Row
from gridapp.demo.stage import Stage
from gridapp.domain.vocabulary import Role
from gridapp.domain.workcalendar import BEIJING, beijing_date

_POINTS: Final = (
    ("配电房", 3), ("地下车库出入口", 3), ("电动车充电棚", 1), ("消防通道", 7),
)  # fmt: skip
_SPOT: Final = ("沿街商铺消防点", "小区东门外沿街", 7)
_MADE_DAYS_BACK: Final = 40
_SEEN_DAYS_BACK: Final = 35
# Most visits are made, some fall out: the calendar shows both.
_KEPT_SHARE: Final = 0.85
_NIGHTS: Final = (0, 2, 5)


@dataclass
class PatrolRows:
    """The rows of patrols, table by table."""

    points: list[Row] = field(default_factory=list)
    check_ins: list[Row] = field(default_factory=list)
    rosters: list[Row] = field(default_factory=list)
    nights: list[Row] = field(default_factory=list)
    duties: list[Row] = field(default_factory=list)


def patrol(stage: Stage, seed: str) -> PatrolRows:
    """Give points, visits and nights of every grid that somebody walks."""
    chance = Random(f"{seed}:patrols")
    rows = PatrolRows()
    by_home: dict[int, list[Place]] = {}
    for place in stage.places:
        by_home.setdefault(place.home_id, []).append(place)
    for home, places in by_home.items():
        _lay_points(rows, stage, chance, home, places)
        _lay_nights(rows, stage, chance, home)
    rows.check_ins.sort(key=lambda row: row["received_at"])
    return rows


def _uid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _lay_points(
    rows: PatrolRows, stage: Stage, chance: Random, home: int, places: list[Place]
) -> None:
    made_at = stage.now - timedelta(days=_MADE_DAYS_BACK)
    chosen = chance.sample(places, min(len(_POINTS), len(places)))
    told: list[tuple[str, int, str, Place | None]] = [
        (f"{place.short}{name}", every, "", place)
        for (name, every), place in zip(_POINTS, chosen, strict=False)
    ]
    told.append((_SPOT[0], _SPOT[2], _SPOT[1], None))
    for name, every, spot, place in told:
        point: Row = {
            "id": len(rows.points) + 1,
            "uid": _uid(chance),
            "grid_id": place.grid_id if place else home,
            "building_id": place.building_id if place else None,
            "name": name,
            "spot": spot,
            "every_days": every,
            "lng_wgs84": place.lng if place else None,
            "lat_wgs84": place.lat if place else None,
            "version": 1,
            "made_at": made_at,
            "retired_at": None,
        }
        rows.points.append(point)
        rows.check_ins.extend(_visits(point, stage, chance, stage.staff.worker_of[home]))


def _visits(point: Row, stage: Stage, chance: Random, worker: int) -> list[Row]:
    today, every = beijing_date(stage.now), point["every_days"]
    visits = []
    for back in range(_SEEN_DAYS_BACK, -1, -every):
        day = today - timedelta(days=back)
        clock = time(chance.randrange(9, 18), chance.randrange(60))
        at: datetime = datetime.combine(day, clock, BEIJING).astimezone(stage.now.tzinfo)
        received_at = at + timedelta(seconds=chance.randint(1, 20))
        if chance.random() > _KEPT_SHARE or received_at > stage.now:
            continue
        visit: Row = {
            "uid": _uid(chance),
            "person_id": worker,
            "grid_id": point["grid_id"],
            "building_id": point["building_id"],
            "point_id": point["id"],
            "via": "scan" if point["building_id"] else "tap",
            "words": chance.choice(("", "", "", "正常", "门锁完好，通道畅通")),
            "lng_wgs84": None,
            "lat_wgs84": None,
            "accuracy_m": None,
            "seen_on": day,
            "made_at": at,
            "received_at": received_at,
        }
        visits.append(visit)
    return visits


def _lay_nights(rows: PatrolRows, stage: Stage, chance: Random, home: int) -> None:
    """Put the worker and two volunteers of the grid on three nights of the coming week."""
    today, people = beijing_date(stage.now), {row["id"]: row["name"] for row in stage.staff.people}
    below = {place.grid_id for place in stage.places if place.home_id == home}
    helpers = [
        post["person_id"]
        for post in stage.staff.posts
        if post["role"] is Role.VOLUNTEER and post["grid_id"] in below
    ]
    going = [stage.staff.worker_of[home], *helpers[:2]]
    roster = len(rows.rosters) + 1
    rows.rosters.append(
        {
            "id": roster, "uid": _uid(chance), "grid_id": home, "theme": "平安夜巡",
            "starts": "18:00", "ends": "21:00", "made_at": stage.now - timedelta(days=3),
        }
    )  # fmt: skip
    for ahead in _NIGHTS:
        night = len(rows.nights) + 1
        rows.nights.append(
            {
                "id": night, "uid": _uid(chance), "roster_id": roster, "version": 1,
                "night_on": today + timedelta(days=ahead), "cancelled_at": None,
            }
        )  # fmt: skip
        rows.duties.extend(
            {
                "uid": _uid(chance), "night_id": night, "person_id": person,
                "name": people[person], "cover_wanted_at": None,
            }
            for person in going
        )  # fmt: skip

"""A verification under way in the demo's first community: most of it done, two records disputed."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from gridapp.demo.areas import Row
from gridapp.demo.stage import Stage
from gridapp.domain.registering import SETTLED, Verified
from gridapp.domain.workcalendar import beijing_date

_BEGAN_DAYS_BACK: Final = 9
_ENDS_DAYS_AHEAD: Final = 12
_FIELDS: Final = (
    "unit", "door", "floor", "name", "phone", "head_count", "tenure", "remarks",
)  # fmt: skip
_FATES: Final = (
    *(Verified.CONFIRMED,) * 10, Verified.CORRECTED, Verified.NOT_FOUND, *(Verified.OPEN,) * 7,
)  # fmt: skip
_DISPUTED: Final = 2


@dataclass
class Round:
    """The rows of one verification, table by table."""

    rounds: list[Row] = field(default_factory=list)
    grids: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)


def tell_round(stage: Stage, chance: Random, homes: list[Row]) -> Round:
    """Tell how the households of the first community were gone through up to the present."""
    told = Round()
    community = int(stage.places[0].path.strip("/").split("/")[2])
    near = {p.building_id: p for p in stage.places if f"/{community}/" in p.path}
    began_at = stage.now - timedelta(days=_BEGAN_DAYS_BACK)
    today = beijing_date(stage.now)
    told.rounds.append(
        {
            "id": 1, "uid": _uid(chance), "version": 1, "name": "冬季人户核查",
            "kinds": ["household"], "starts_on": beijing_date(began_at),
            "ends_on": today + timedelta(days=_ENDS_DAYS_AHEAD),
            "made_by_id": stage.person("admin"), "made_at": began_at, "ended_at": None,
        }
    )  # fmt: skip
    told.grids.append({"verification_id": 1, "grid_id": community})
    disputed = 0
    for home in (home for home in homes if home["building_id"] in near):
        worker = stage.staff.worker_of[near[home["building_id"]].home_id]
        status = chance.choice(_FATES)
        if status is Verified.CORRECTED and disputed < _DISPUTED:
            status, disputed = Verified.CONFLICT, disputed + 1
        _item(told, stage, chance, home, status, worker)
    return told


def _item(  # noqa: PLR0913, PLR0917 - a record is told by all of them
    told: Round, stage: Stage, chance: Random, home: Row, status: Verified, worker: int
) -> None:
    number = len(told.items) + 1
    told.items.append(
        {
            "id": number, "verification_id": 1, "building_id": home["building_id"],
            "household_id": home["id"], "premises_id": None, "status": status, "is_new": False,
            "version": 1 if status is Verified.OPEN else 2, "decided_by_id": None,
            "decided_at": None, "decided_why": "",
        }
    )  # fmt: skip
    if status is Verified.OPEN:
        return
    heads = int(home["head_count"])
    if status is Verified.CONFLICT:
        _finding(told, stage, chance, number, home, Verified.CONFIRMED, worker, heads)
        corrected, head = Verified.CORRECTED, stage.person("chen")
        _finding(told, stage, chance, number, home, corrected, head, heads + 1, applied=False)
        told.items[-1]["version"] = 3
    else:
        more = heads + 1 if status is Verified.CORRECTED else heads
        _finding(told, stage, chance, number, home, status, worker, more)


def _finding(  # noqa: PLR0913, PLR0917 - a finding is told by all of them
    told: Round,
    stage: Stage,
    chance: Random,
    item_id: int,
    home: Row,
    outcome: Verified,
    person_id: int,
    heads: int,
    *,
    applied: bool = True,
) -> None:
    before: dict[str, Any] = {name: home[name] for name in _FIELDS}
    before["tenure"] = home["tenure"].value
    after = before | {"head_count": heads}
    told.findings.append(
        {
            "uid": _uid(chance), "item_id": item_id, "person_id": person_id, "outcome": outcome,
            "seen_version": home["version"], "before": before, "after": after,
            "words": "多了一位老人同住" if heads != home["head_count"] else "",
            "is_applied": applied and outcome in SETTLED, "done_at": None,
            "received_at": stage.now
            - timedelta(days=chance.randrange(_BEGAN_DAYS_BACK), minutes=chance.randrange(400)),
        }
    )  # fmt: skip
    if applied and outcome is Verified.CORRECTED:
        # The rows of the register are written before: what was put right stands there already.
        told.findings[-1]["before"] = before | {"head_count": max(0, heads - 2)}
        told.findings[-1]["after"] = before


def _uid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)

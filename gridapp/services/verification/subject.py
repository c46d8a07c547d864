"""The record that is verified, of whichever kind: what it says, and how that is put right."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import update
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.register.access import open_premises, open_record
from gridapp.services.register.counts import entered, hold_building
from gridapp.services.register.households import (
    AmendHouseholdFacts,
    change_household,
    refuse_same_door,
    remove_household,
)
from gridapp.services.register.premises import AmendPremisesFacts, change_premises, remove_premises
from gridapp.tables import Building, Grid, Household, Premises, RiskClass

HOUSEHOLD_FIELDS: Final = (
    "unit", "door", "floor", "name", "phone", "head_count", "tenure", "remarks",
)  # fmt: skip
PREMISES_FIELDS: Final = (
    "name", "spot", "trade", "credit_code", "contact", "phone", "risk", "remarks",
)  # fmt: skip
_WHY: Final = "核查：已不在"


@dataclass(frozen=True)
class Subject:
    """A record with the building and the grid in which it lies."""

    row: Household | Premises
    building: Building
    grid: Grid

    @property
    def is_struck(self) -> bool:
        """Whether it is out of the register."""
        return self.row.retired_at is not None


def open_subject(act: Act, record: str, deed: Deed) -> Subject:
    """Open a record of either kind, struck or not.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such record, or out of reach.
    """
    try:
        return Subject(*open_record(act, record, deed, also_struck=True))
    except NotThereError:
        return Subject(*open_premises(act, record, deed, also_struck=True))


def snapshot(act: Act, row: Household | Premises) -> dict[str, Any]:
    """Give what a record says, as it is kept beside a finding."""
    if isinstance(row, Household):
        said: dict[str, Any] = {name: getattr(row, name) for name in HOUSEHOLD_FIELDS}
        return said | {"tenure": row.tenure.value}
    names = (name for name in PREMISES_FIELDS if name != "risk")
    risk = act.session.get_one(RiskClass, row.risk_id).code
    return {name: getattr(row, name) for name in names} | {"risk": risk}


def put_right(act: Act, subject: Subject, changes: dict[str, Any], version: int | None) -> None:
    """Write what a verifier found into the register.

    Raises:
        ConflictError: It has been changed meanwhile, or would be there twice.
        FactsError: A value is none.
    """
    if isinstance(subject.row, Household):
        facts = AmendHouseholdFacts(**changes)
        change_household(act, subject.row, subject.building, facts, version)
    else:
        change_premises(act, subject.row, AmendPremisesFacts(**changes), version)


def take_out(act: Act, subject: Subject, version: int | None) -> None:
    """Strike a record that is no longer there.

    Raises:
        ConflictError: It has been changed meanwhile.
    """
    if isinstance(subject.row, Household):
        remove_household(act, subject.row, subject.building, version, _WHY)
    else:
        remove_premises(act, subject.row, version, _WHY)


def bring_back(act: Act, subject: Subject) -> None:
    """Put a record back that was struck by a finding which did not hold.

    Raises:
        ConflictError: Another one is on record at the same door meanwhile.
    """
    row: Any = subject.row
    assert subject.building.id is not None
    hold_building(act, subject.building.id)
    if isinstance(row, Household):
        place = {"unit": row.unit, "floor": row.floor, "door": row.door}
        refuse_same_door(act, subject.building.id, place, row.id)
    table: Any = type(row)
    act.session.execute(
        update(table)
        .where(col(table.id) == row.id)
        .values(retired_at=None, version=row.version + 1, changed_at=act.now)
        .execution_options(synchronize_session=False)
    )
    act.session.refresh(row)
    if isinstance(row, Household):
        entered(act, [subject.building.id])

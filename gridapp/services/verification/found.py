"""Where what is found at a door may be entered: the rounds that go through a building just now."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.registering import RecordKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.register.access import open_building
from gridapp.services.verification.access import goes_through
from gridapp.tables import Verification


@dataclass(frozen=True)
class RoundHere:
    """A running round, and whether it goes through homes, through shops and the like, or both."""

    id: str
    name: str
    has_homes: bool
    has_premises: bool


def list_rounds_at(act: Act, building: str) -> tuple[RoundHere, ...]:
    """List the rounds in which something new in a building may be entered, the newest first.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor verifies records.
        NotThereError: No such building, or out of reach.
    """
    _, grid = open_building(act, building, Deed.VERIFY_RECORD)
    rows = act.session.execute(
        select(Verification)
        .where(col(Verification.ended_at).is_(None), goes_through(grid))
        .order_by(col(Verification.id).desc())
    ).scalars()
    home = RecordKind.HOUSEHOLD.value
    return tuple(
        RoundHere(str(row.uid), row.name, home in row.kinds, any(one != home for one in row.kinds))
        for row in rows
    )

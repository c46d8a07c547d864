"""The one door to the register: what lies in a grid in reach, or not there."""

from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import is_building_code, normalise
from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Building, BuildingCode, Grid, Household, Premises

_ID_DIGITS: Final = 9

Record = TypeVar("Record", Household, Premises)


def record_uid(subject: str) -> UUID:
    """Read the id of a record.

    Raises:
        NotThereError: It is none.
    """
    try:
        return UUID(subject)
    except ValueError as error:
        raise NotThereError from error


def open_building(
    act: Act, subject: str, deed: Deed, *, also_retired: bool = False
) -> tuple[Building, Grid]:
    """Open a building by its number or by a code that hangs on it, with its grid.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such building, out of use, or out of reach.
    """
    demand(act, deed)
    asked = (
        select(Building, Grid)
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(grids_within(act.actor, deed))
    )
    code = normalise(subject)
    if is_building_code(code):
        hung = select(col(BuildingCode.building_id)).where(col(BuildingCode.code) == code)
        asked = asked.where(col(Building.id).in_(hung))
    elif subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS:
        asked = asked.where(col(Building.id) == int(subject))
    else:
        raise NotThereError
    found = act.session.execute(asked).first()
    if found is None or (found[0].retired_at is not None and not also_retired):
        raise NotThereError
    return found[0], found[1]


def open_record(
    act: Act, subject: str, deed: Deed, *, also_struck: bool = False
) -> tuple[Household, Building, Grid]:
    """Open a household's record by its id, with its building and grid.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such record, struck, or out of reach.
    """
    return _open(act, Household, subject, deed, also_struck=also_struck)


def open_premises(
    act: Act, subject: str, deed: Deed, *, also_struck: bool = False
) -> tuple[Premises, Building, Grid]:
    """Open the record of a shop, an enterprise or a place, with its building and grid.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such record, struck, or out of reach.
    """
    return _open(act, Premises, subject, deed, also_struck=also_struck)


def _open(
    act: Act, table: type[Record], subject: str, deed: Deed, *, also_struck: bool
) -> tuple[Record, Building, Grid]:
    demand(act, deed)
    found = act.session.execute(
        select(table, Building, Grid)
        .join(Building, col(Building.id) == col(table.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(table.uid) == record_uid(subject), grids_within(act.actor, deed))
    ).first()
    if found is None or (found[0].retired_at is not None and not also_struck):
        raise NotThereError
    return found[0], found[1], found[2]

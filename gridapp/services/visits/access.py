"""The one door to contact households and visits: those of the actor's own grids, or not there."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from gridapp.domain.errors import NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act, Actor
from gridapp.services.permit import covers, demand, grids_within, may_on_record
from gridapp.tables import Building, ContactHousehold, Grid, Visit


def buildings_within(actor: Actor, deed: Deed = Deed.SEE_VISIT) -> ColumnElement[bool]:
    """Tell in SQL which buildings lie in the actor's reach; to be asked beside ``Building``."""
    grids = select(col(Grid.id)).where(grids_within(actor, deed))
    return col(Building.grid_id).in_(grids)


def uid_of(subject: str) -> UUID:
    """Read the id of a household or a visit.

    Raises:
        NotThereError: It is none.
    """
    try:
        return UUID(subject)
    except ValueError as error:
        raise NotThereError from error


def open_household(
    act: Act, subject: str, deed: Deed = Deed.SEE_VISIT
) -> tuple[ContactHousehold, Building]:
    """Open a contact household of the own grids for a deed, with its building.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such household, or out of reach.
    """
    demand(act, deed)
    found = act.session.execute(
        select(ContactHousehold, Building)
        .join(Building, col(Building.id) == col(ContactHousehold.building_id))
        .where(col(ContactHousehold.uid) == uid_of(subject), buildings_within(act.actor, deed))
    ).first()
    if found is None:
        raise NotThereError
    return found[0], found[1]


def open_visit(act: Act, subject: str, deed: Deed) -> tuple[Visit, ContactHousehold, Building]:
    """Open a visit for a deed, with its household and building.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotThereError: No such visit, or out of reach.
        NotAllowedError: In sight, but somebody else's.
    """
    demand(act, deed)
    found = act.session.execute(
        select(Visit, ContactHousehold, Building, col(Grid.path))
        .join(ContactHousehold, col(ContactHousehold.id) == col(Visit.household_id))
        .join(Building, col(Building.id) == col(ContactHousehold.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(Visit.uid) == uid_of(subject), buildings_within(act.actor))
    ).first()
    if found is None:
        raise NotThereError
    visit, household, building, path = found
    if not may_on_visit(act.actor, deed, visit.person_id, path):
        raise NotAllowedError
    return visit, household, building


def may_on_visit(actor: Actor, deed: Deed, person_id: int, grid_path: str) -> bool:
    """Tell whether the actor may do a deed on a visit that somebody paid in a grid."""
    if not covers(actor, Deed.SEE_VISIT, grid_path):
        return False
    return may_on_record(actor, deed, person_id, grid_path)

"""Gathers whom a change of the tree touches: cases, people, patrols, households, what hangs."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import col

from gridapp.domain.vocabulary import Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.domain.workflow import OPEN
from gridapp.services.areas.plan import Affected
from gridapp.services.desk import Act
from gridapp.tables import (
    Building,
    Case,
    ContactHousehold,
    Grid,
    PatrolNight,
    PatrolPoint,
    PatrolRoster,
    Post,
    PrintRecord,
)

_NONE: Final[Select[Any]] = select(col(Building.id)).where(col(Building.id) < 0)
Ids = Select[Any]


class Reached(NamedTuple):
    """Buildings, and grids with what lies in them outside any building; each as a select of ids."""

    buildings: Ids = _NONE
    grids: Ids = _NONE


def building_ids(ids: Iterable[int]) -> Ids:
    """Give ids of buildings as a select, to be asked for within another one."""
    return select(col(Building.id)).where(col(Building.id).in_(sorted(ids)))


def grid_ids(ids: Iterable[int]) -> Ids:
    """Give ids of grids as a select, to be asked for within another one."""
    return select(col(Grid.id)).where(col(Grid.id).in_(sorted(ids)))


def standing_in(grids: Ids) -> Ids:
    """Select the standing buildings in grids."""
    there = select(col(Building.id)).where(col(Building.grid_id).in_(grids))
    return there.where(col(Building.retired_at).is_(None))


def affected_by(act: Act, reached: Reached, prints: Reached | None = None) -> Affected:
    """Gather everything; ``prints`` where what hangs on walls becomes untrue, if not the same."""
    households = func.coalesce(func.sum(col(Building.household_count)), 0)
    total = select(households).where(col(Building.id).in_(reached.buildings))
    posters, boards = hanging(act, prints or reached)
    return Affected(
        buildings=_ids(act, reached.buildings),
        household_count=int(act.session.execute(total).scalar_one()),
        cases=open_cases(act, reached),
        people=_ids(act, people_in(act, reached.grids)),
        points=points_in(act, reached),
        rosters=rosters_in(act, reached.grids),
        contacts=_contacts(act, reached.buildings),
        posters=posters,
        boards=boards,
    )


def _ids(act: Act, query: Ids) -> tuple[int, ...]:
    return tuple(sorted(set(act.session.execute(query).scalars())))


def _in(building: Any, grid: Any, reached: Reached) -> ColumnElement[bool]:
    """Tell in SQL what lies in the buildings, or outside any building in the grids."""
    outside = and_(building.is_(None), grid.in_(reached.grids))
    return or_(building.in_(reached.buildings), outside)


def open_cases(act: Act, reached: Reached) -> tuple[int, ...]:
    """List the open cases there."""
    there = _in(col(Case.building_id), col(Case.grid_id), reached)
    return _ids(act, select(col(Case.id)).where(there, col(Case.status).in_(OPEN)))


def points_in(act: Act, reached: Reached) -> tuple[int, ...]:
    """List the patrol points in use there."""
    there = _in(col(PatrolPoint.building_id), col(PatrolPoint.grid_id), reached)
    return _ids(
        act, select(col(PatrolPoint.id)).where(there, col(PatrolPoint.retired_at).is_(None))
    )


def rosters_in(act: Act, grids: Ids) -> tuple[int, ...]:
    """List the rosters there that still have a night before them."""
    ahead = (
        select(col(PatrolRoster.id))
        .join(PatrolNight, col(PatrolNight.roster_id) == col(PatrolRoster.id))
        .where(col(PatrolRoster.grid_id).in_(grids), col(PatrolNight.cancelled_at).is_(None))
        .where(col(PatrolNight.night_on) >= beijing_date(act.now))
    )
    return _ids(act, ahead)


def standing_posts(act: Act, grids: Ids) -> list[Post]:
    """List the posts there that have not ended, those of the accountable first."""
    not_ended = or_(col(Post.to_on).is_(None), col(Post.to_on) >= beijing_date(act.now))
    found = act.session.execute(
        select(Post)
        .where(col(Post.grid_id).in_(grids), not_ended)
        .order_by(col(Post.accountable).desc(), col(Post.id))
        .execution_options(populate_existing=True)
    )
    return list(found.scalars())


def people_in(act: Act, grids: Ids) -> Ids:
    """Select the people who hold a post there."""
    not_ended = or_(col(Post.to_on).is_(None), col(Post.to_on) >= beijing_date(act.now))
    return select(col(Post.person_id)).where(col(Post.grid_id).in_(grids), not_ended)


def is_public(role: Role, *, accountable: bool) -> bool:
    """Tell whether a post is named on posters; see ``people.contacts``."""
    return role is Role.GRID_HEAD or (role is Role.GRID_WORKER and accountable)


def _contacts(act: Act, buildings: Ids) -> tuple[int, ...]:
    there = select(col(ContactHousehold.id)).where(col(ContactHousehold.building_id).in_(buildings))
    return _ids(act, there.where(col(ContactHousehold.ended_at).is_(None)))


def hanging(act: Act, reached: Reached) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List what was printed for buildings, and what for grids: each as its sheet and place."""
    on = col(PrintRecord.building_id)
    query = select(col(PrintRecord.sheet), col(PrintRecord.subject)).distinct()
    posters = act.session.execute(query.where(on.in_(reached.buildings)))
    boards = act.session.execute(
        query.where(on.is_(None), col(PrintRecord.grid_id).in_(reached.grids))
    )
    return (
        tuple(sorted(f"{sheet} {subject}" for sheet, subject in posters)),
        tuple(sorted(f"{sheet} {subject}" for sheet, subject in boards)),
    )

"""Lists departments, and shows one with its officers, grids and categories."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.privacy import spaced_phone
from gridapp.domain.vocabulary import Deed, GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.domain.workflow import OPEN
from gridapp.services.desk import Act
from gridapp.services.people.spans import held_on
from gridapp.services.permit import demand
from gridapp.services.units.retire import UnitWorkView, see_unit_work
from gridapp.tables import Case, Category, Grid, Person, Post, Unit, UnitGrid

_MAX_COUNT: Final = 300
_GRIDS_MAX_COUNT: Final = 500


@dataclass(frozen=True)
class UnitRowView:
    """A department as a cell shows it."""

    id: int
    version: int
    code: str
    name: str
    street: str
    phone: str
    officers_count: int
    cases_count: int
    is_retired: bool


@dataclass(frozen=True)
class NamedView:
    """Something with a code and a name: a grid, a category; or a person with the id for a code."""

    code: str
    name: str


@dataclass(frozen=True)
class UnitView:
    """One department with all that hangs on it."""

    row: UnitRowView
    officers: tuple[NamedView, ...]
    grids: tuple[NamedView, ...]
    categories: tuple[NamedView, ...]
    work: UnitWorkView


def list_units(act: Act, q: str = "") -> tuple[UnitRowView, ...]:
    """List departments, those in use first, at most 300.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    query = (
        select(Unit, col(Grid.name), _officers(act), _cases())
        .outerjoin(Grid, col(Grid.id) == col(Unit.street_id))
        .order_by(col(Unit.retired_at).is_not(None), col(Unit.code))
        .limit(_MAX_COUNT)
    )
    if words := q.strip()[:40]:
        query = query.where(
            col(Unit.name).contains(words, autoescape=True)
            | col(Unit.code).contains(words, autoescape=True)
        )
    found = act.session.execute(query).all()
    return tuple(_row(unit, street or "", *counts) for unit, street, *counts in found)


def _officers(act: Act) -> Any:
    return (
        select(func.count(col(Post.id)))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.unit_id) == col(Unit.id),
            col(Person.disabled_at).is_(None),
            held_on(beijing_date(act.now)),
        )
        .correlate(Unit)
        .scalar_subquery()
    )


def _cases() -> Any:
    return (
        select(func.count(col(Case.id)))
        .where(col(Case.unit_id) == col(Unit.id), col(Case.status).in_(OPEN))
        .correlate(Unit)
        .scalar_subquery()
    )


def _row(unit: Unit, street: str, officers_count: int, cases_count: int) -> UnitRowView:
    assert unit.id is not None
    return UnitRowView(
        id=unit.id,
        version=unit.version,
        code=unit.code,
        name=unit.name,
        street=street,
        phone=spaced_phone(unit.phone),
        officers_count=officers_count,
        cases_count=cases_count,
        is_retired=unit.retired_at is not None,
    )


def see_unit(act: Act, unit_id: int) -> UnitView:
    """Show one department.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such department.
    """
    demand(act, Deed.SEE_PERSON)
    found = act.session.execute(
        select(Unit, col(Grid.name), _officers(act), _cases())
        .outerjoin(Grid, col(Grid.id) == col(Unit.street_id))
        .where(col(Unit.id) == unit_id)
    ).first()
    if found is None:
        raise NotThereError
    return UnitView(
        row=_row(found[0], found[1] or "", found[2], found[3]),
        officers=_people(act, unit_id),
        grids=_grids(act, unit_id),
        categories=_categories(act, unit_id),
        work=see_unit_work(act, unit_id),
    )


def _people(act: Act, unit_id: int) -> tuple[NamedView, ...]:
    found = act.session.execute(
        select(col(Person.id), col(Person.name))
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(
            col(Post.unit_id) == unit_id,
            col(Post.role) == Role.UNIT_OFFICER,
            col(Person.disabled_at).is_(None),
            held_on(beijing_date(act.now)),
        )
        .order_by(col(Person.id))
    ).all()
    return tuple(NamedView(str(person_id), name) for person_id, name in found)


def _grids(act: Act, unit_id: int) -> tuple[NamedView, ...]:
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .join(UnitGrid, col(UnitGrid.grid_id) == col(Grid.id))
        .where(col(UnitGrid.unit_id) == unit_id)
        .order_by(col(Grid.code))
    ).all()
    return tuple(NamedView(code, name) for code, name in found)


def _categories(act: Act, unit_id: int) -> tuple[NamedView, ...]:
    found = act.session.execute(
        select(col(Category.code), col(Category.name))
        .where(col(Category.unit_id) == unit_id, col(Category.retired_at).is_(None))
        .order_by(col(Category.position))
    ).all()
    return tuple(NamedView(code, name) for code, name in found)


def grids_to_assign(act: Act, unit_id: int) -> tuple[NamedView, ...]:
    """List the communities and grids of a department's street, for a choice; at most 500.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such department.
    """
    demand(act, Deed.SEE_PERSON)
    unit = act.session.get(Unit, unit_id)
    if unit is None:
        raise NotThereError
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .where(
            col(Grid.path).contains(f"/{unit.street_id}/"),
            col(Grid.level).in_((GridLevel.COMMUNITY, GridLevel.GRID)),
            col(Grid.retired_at).is_(None),
        )
        .order_by(col(Grid.code))
        .limit(_GRIDS_MAX_COUNT)
    ).all()
    return tuple(NamedView(code, name) for code, name in found)

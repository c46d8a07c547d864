"""Who may be put on a grid's night patrol: those who hold a post there or above (夜巡人员)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, or_, select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import Deed, GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.permit import grids_within, open_grid
from gridapp.tables import Grid, Person, Post

_ROLES: Final = (Role.GRID_WORKER, Role.GRID_HEAD, Role.VOLUNTEER)
_OFFERED_MAX_COUNT: Final = 200


@dataclass(frozen=True)
class CrewView:
    """Somebody who can be put on a roster of a grid."""

    person_id: int
    name: str
    role_label: str


@dataclass(frozen=True)
class CrewGridView:
    """A grid for which a point or a roster can be made."""

    code: str
    name: str


def list_grids(act: Act) -> tuple[CrewGridView, ...]:
    """List the walked grids in which the actor makes points and rosters, at most 200."""
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .where(
            grids_within(act.actor, Deed.MAKE_ROSTER),
            col(Grid.level) == GridLevel.GRID,
            col(Grid.retired_at).is_(None),
        )
        .order_by(col(Grid.code))
        .limit(_OFFERED_MAX_COUNT)
    ).all()
    return tuple(CrewGridView(code, name) for code, name in found)


def list_crew(act: Act, grid: str) -> tuple[CrewView, ...]:
    """List who can go on night patrol in a grid, at most 200.

    Raises:
        NotThereError: The grid lies out of reach.
    """
    opened = open_grid(act, grid, Deed.MAKE_ROSTER)
    found = act.session.execute(_holders(act, opened).limit(_OFFERED_MAX_COUNT)).all()
    views = {person_id: CrewView(person_id, name, ROLE[role]) for person_id, name, role in found}
    return tuple(views.values())


def crew_within(act: Act, grid: Grid, people: Iterable[int]) -> list[tuple[int, str]]:
    """Give ids and names of people who hold a post in the grid, below it or above it.

    Raises:
        FactsError: One of them does not.
    """
    asked = list(dict.fromkeys(people))
    if not asked:
        return []
    found = act.session.execute(_holders(act, grid).where(col(Person.id).in_(asked))).all()
    names = {person_id: name for person_id, name, _ in found}
    if missing := [person_id for person_id in asked if person_id not in names]:
        sentence = "有人不在这个网格任职，请重新选择。"
        raise FactsError(sentence, fields={"people": sentence}, missing=missing)
    return [(person_id, names[person_id]) for person_id in asked]


def _holders(act: Act, grid: Grid) -> Select[int, str, Role]:
    today = beijing_date(act.now)
    above = [int(part) for part in grid.path.split("/") if part]
    near: ColumnElement[bool] = or_(
        col(Grid.path).startswith(grid.path, autoescape=True), col(Grid.id).in_(above)
    )
    holders: Select[int, str, Role] = (
        select(col(Person.id), col(Person.name), col(Post.role))  # type: ignore[assignment]  # an id that is stored is no None
        .join(Post, col(Post.person_id) == col(Person.id))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(
            near,
            col(Post.role).in_(_ROLES),
            col(Post.from_on) <= today,
            or_(col(Post.to_on).is_(None), col(Post.to_on) >= today),
            col(Person.disabled_at).is_(None),
        )
        .order_by(col(Post.role), col(Person.id))
    )
    return holders

"""What is still open of a post: what a successor takes over, counted, never named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import Deed, Role, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.lateness import late_case
from gridapp.services.people.spans import held_on
from gridapp.services.permit import demand
from gridapp.tables import (
    Building,
    Case,
    ContactHousehold,
    Grid,
    Note,
    PatrolDuty,
    PatrolNight,
    PatrolRoster,
    Person,
    Post,
)

# What is addressed to somebody and not finished by them; ``cases.access`` has the same statuses.
WORKED_ON: Final = (Status.DISPATCHED, Status.TAKEN, Status.HANDLED, Status.PAUSED)
FIELD: Final = frozenset({Role.GRID_WORKER, Role.GRID_HEAD, Role.VOLUNTEER})
_WALKERS: Final = frozenset({Role.GRID_WORKER, Role.GRID_HEAD})


@dataclass(frozen=True)
class OpenWorkView:
    """The open work of one post.

    Args:
        cases_count: Open cases addressed to the grid, or to the unit of an officer.
        held_count: Those of them that this very person has taken.
        late_count: Those of them whose deadline has passed.
        households_count: Contact households of the grid.
        visits_count: Those of them that are due by today.
        notes_count: Notes written there in 90 days that became no case.
        nights_count: Turns at night from today on.
        others: Who else holds the same post there today.
    """

    post_id: int
    post_words: str
    cases_count: int = 0
    held_count: int = 0
    late_count: int = 0
    households_count: int = 0
    visits_count: int = 0
    notes_count: int = 0
    nights_count: int = 0
    others: tuple[str, ...] = ()


def see_open_work(act: Act, person_id: int) -> tuple[OpenWorkView, ...]:
    """Tell what is open of each post that a person holds today.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    found = act.session.execute(
        select(Post, Grid)
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(col(Post.person_id) == person_id, held_on(beijing_date(act.now)))
        .order_by(col(Post.id))
    ).all()
    return tuple(open_work_of(act, post, grid) for post, grid in found)


def see_post_work(act: Act, post_id: int) -> OpenWorkView:
    """Tell what is open of one post, before it is handed over.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such post.
    """
    demand(act, Deed.SEE_PERSON)
    found = act.session.execute(
        select(Post, Grid)
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(col(Post.id) == post_id)
    ).first()
    if found is None:
        raise NotThereError
    return open_work_of(act, found[0], found[1])


def open_work_of(act: Act, post: Post, grid: Grid) -> OpenWorkView:
    """Count what is open of one post."""
    assert post.id is not None
    in_cases = addressed_to(post, grid)
    in_homes = _homes(post, grid)
    return OpenWorkView(
        post_id=post.id,
        post_words=f"{grid.name} · {post.title or ROLE[post.role]}",
        cases_count=_count(act, col(Case.id), in_cases),
        held_count=_count(act, col(Case.id), [*in_cases, col(Case.holder_id) == post.person_id]),
        late_count=_count(act, col(Case.id), [*in_cases, late_case(act.now)]),
        households_count=_count(act, col(ContactHousehold.id), in_homes),
        visits_count=_count(
            act,
            col(ContactHousehold.id),
            [*in_homes, col(ContactHousehold.next_on) <= beijing_date(act.now)],
        ),
        notes_count=_count(act, col(Note.id), _notes(post, grid)),
        nights_count=len(act.session.execute(duties_ahead(act, post, grid)).all()),
        others=_others(act, post),
    )


def addressed_to(post: Post, grid: Grid) -> list[ColumnElement[bool]]:
    """Tell which open cases are addressed to a post."""
    is_open = col(Case.status).in_(WORKED_ON)
    if post.role is Role.UNIT_OFFICER:
        return [is_open, col(Case.unit_id) == post.unit_id]
    if post.role not in _WALKERS:
        return []
    return [is_open, col(Case.unit_id).is_(None), col(Case.grid_id).in_(_below(grid))]


def duties_ahead(
    act: Act, post: Post, grid: Grid, from_on: date | None = None
) -> Select[PatrolDuty, PatrolNight]:
    """Select the turns at night that the post's holder still has in its grid."""
    first_on = max(from_on or beijing_date(act.now), beijing_date(act.now))
    return (
        select(PatrolDuty, PatrolNight)
        .join(PatrolNight, col(PatrolNight.id) == col(PatrolDuty.night_id))
        .join(PatrolRoster, col(PatrolRoster.id) == col(PatrolNight.roster_id))
        .where(
            col(PatrolDuty.person_id) == post.person_id,
            col(PatrolNight.night_on) >= first_on,
            col(PatrolNight.cancelled_at).is_(None),
            col(PatrolRoster.grid_id).in_(_below(grid)),
        )
        .order_by(col(PatrolNight.night_on), col(PatrolDuty.id))
    )


def _below(grid: Grid) -> Any:
    return select(col(Grid.id)).where(col(Grid.path).startswith(grid.path, autoescape=True))


def _homes(post: Post, grid: Grid) -> list[ColumnElement[bool]]:
    if post.role not in _WALKERS:
        return []
    buildings = select(col(Building.id)).where(col(Building.grid_id).in_(_below(grid)))
    in_touch = col(ContactHousehold.ended_at).is_(None)
    return [in_touch, col(ContactHousehold.building_id).in_(buildings)]


def _notes(post: Post, grid: Grid) -> list[ColumnElement[bool]]:
    if post.role not in _WALKERS:
        return []
    return [
        col(Note.person_id) == post.person_id,
        col(Note.case_id).is_(None),
        col(Note.grid_id).in_(_below(grid)),
    ]


def _count(act: Act, what: Any, where: Sequence[ColumnElement[bool]]) -> int:
    if not where:
        return 0
    count: int = act.session.execute(select(func.count(what)).where(and_(*where))).scalar_one()
    return count


def _others(act: Act, post: Post) -> tuple[str, ...]:
    found = act.session.execute(
        select(col(Person.name))
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(
            col(Post.grid_id) == post.grid_id,
            col(Post.role) == post.role,
            col(Post.unit_id) == post.unit_id
            if post.unit_id is not None
            else col(Post.unit_id).is_(None),
            col(Post.person_id) != post.person_id,
            col(Person.disabled_at).is_(None),
            held_on(beijing_date(act.now)),
        )
        .order_by(col(Person.id))
    )
    return tuple(dict.fromkeys(found.scalars()))

"""Lists people, and shows one with all their posts; for the administrators (人员)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import col

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.labels import ROLE
from gridapp.domain.permissions import may_at_all
from gridapp.domain.privacy import mask_phone
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.locks import is_locked, locked_people
from gridapp.services.people.place import grid_id_of
from gridapp.services.people.spans import held_on
from gridapp.services.permit import demand
from gridapp.tables import Grid, Person, Post

PAGE_COUNT: Final = 30
_SHOWN_POSTS: Final = 3


class Standing(StrEnum):
    """How somebody stands, for narrowing the list."""

    ANY = ""
    ON_POST = "on_post"
    WITHOUT_POST = "without_post"
    NOT_YET_IN = "not_yet_in"
    LOCKED = "locked"
    DISABLED = "disabled"


@dataclass(frozen=True)
class PeopleFilter:
    """How the list is narrowed: words of name, login or phone; a grid, role, standing."""

    q: str = ""
    grid: str = ""
    role: Role | None = None
    standing: Standing = Standing.ANY
    page: int = 1


@dataclass(frozen=True)
class PersonRowView:
    """A person as a cell shows it; the phone masked."""

    id: int
    login: str
    name: str
    phone_masked: str
    posts: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True)
class PeoplePageView:
    """A page of people, and how many there are in all."""

    items: tuple[PersonRowView, ...]
    total: int


def demand_people(act: Act) -> None:
    """Let the administrator pass, and the security administrator, who reads the same list.

    Raises:
        NotAllowedError: Neither.
        SignInNeededError: Nobody is signed in.
    """
    if not may_at_all(Deed.SEE_ACCOUNT, act.actor.roles):
        demand(act, Deed.SEE_PERSON)


def list_people(act: Act, asked: PeopleFilter) -> PeoplePageView:
    """List people by login, 30 on a page; three queries whatever their number.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: No grid has the code wished for.
    """
    demand_people(act)
    where = _wished(act, asked)
    total = act.session.execute(select(func.count(col(Person.id))).where(where)).scalar_one()
    people: list[Person] = list(
        act.session.execute(
            select(Person)
            .where(where)
            .order_by(col(Person.login))
            .limit(PAGE_COUNT)
            .offset((max(asked.page, 1) - 1) * PAGE_COUNT)
        ).scalars()
    )
    items = _rows(act, people)
    return PeoplePageView(items, total)


def _wished(act: Act, asked: PeopleFilter) -> ColumnElement[bool]:
    clauses: list[ColumnElement[bool]] = [col(Person.id) > 0, _standing(act, asked.standing)]
    if words := asked.q.strip()[:64]:
        clauses.append(
            or_(
                col(Person.name).contains(words, autoescape=True),
                col(Person.login).contains(words.lower(), autoescape=True),
                col(Person.phone).contains("".join(words.split()), autoescape=True),
            )
        )
    if asked.role is not None or asked.grid:
        clauses.append(_holds(act, asked.role, asked.grid))
    return and_(*clauses)


def _holds(act: Act, role: Role | None, grid: str) -> ColumnElement[bool]:
    posts: Any = select(col(Post.id)).where(
        col(Post.person_id) == col(Person.id), held_on(beijing_date(act.now))
    )
    if role is not None:
        posts = posts.where(col(Post.role) == role)
    if grid:
        path = act.session.execute(
            select(col(Grid.path)).where(col(Grid.id) == grid_id_of(act, grid))
        ).scalar_one()
        below = select(col(Grid.id)).where(col(Grid.path).startswith(path, autoescape=True))
        posts = posts.where(col(Post.grid_id).in_(below))
    return exists(posts.correlate(Person))


def _standing(act: Act, standing: Standing) -> ColumnElement[bool]:
    enabled = col(Person.disabled_at).is_(None)
    on_post = exists(
        select(col(Post.id))
        .where(col(Post.person_id) == col(Person.id), held_on(beijing_date(act.now)))
        .correlate(Person)
    )
    wanted: dict[Standing, ColumnElement[bool]] = {
        Standing.ANY: enabled,
        Standing.ON_POST: and_(enabled, on_post),
        Standing.WITHOUT_POST: and_(enabled, ~on_post),
        Standing.NOT_YET_IN: and_(enabled, col(Person.must_change_password)),
        Standing.LOCKED: and_(enabled, is_locked(act)),
        Standing.DISABLED: ~enabled,
    }
    return wanted[standing]


def _posts_today(act: Act, people: Sequence[int | None]) -> dict[int, list[str]]:
    found = act.session.execute(
        select(Post, col(Grid.name))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(col(Post.person_id).in_(people), held_on(beijing_date(act.now)))
        .order_by(col(Post.id))
    ).all()
    posts: dict[int, list[str]] = {}
    for post, grid in found:
        posts.setdefault(post.person_id, []).append(post_words(post, grid))
    return posts


def post_words(post: Post, grid: str) -> str:
    """Say a post in a line: its grid and title, and that it is a deputy's."""
    title = post.title or ROLE[post.role]
    return f"{grid} · {title}（代班）" if post.stands_in_for_id else f"{grid} · {title}"


def standing_of(person: Person, *, has_post: bool, is_locked: bool) -> Standing:
    """Tell what matters most of how somebody stands."""
    if person.disabled_at is not None:
        return Standing.DISABLED
    if is_locked:
        return Standing.LOCKED
    if not has_post:
        return Standing.WITHOUT_POST
    return Standing.NOT_YET_IN if person.must_change_password else Standing.ON_POST


def _rows(act: Act, people: Sequence[Person]) -> tuple[PersonRowView, ...]:
    ids = [person.id for person in people]
    posts, locked = _posts_today(act, ids), locked_people(act, ids)
    return tuple(
        _row(person, posts.get(person.id or 0, []), is_locked=person.id in locked)
        for person in people
    )


def _row(person: Person, posts: list[str], *, is_locked: bool) -> PersonRowView:
    assert person.id is not None
    more = [f"另有{len(posts) - _SHOWN_POSTS}个岗位"] if len(posts) > _SHOWN_POSTS else []
    return PersonRowView(
        id=person.id,
        login=person.login,
        name=person.name,
        phone_masked=mask_phone(person.phone),
        posts=tuple(posts[:_SHOWN_POSTS] + more),
        standing=standing_of(person, has_post=bool(posts), is_locked=is_locked),
    )


def find_people(act: Act, words: str, most: int = 8) -> tuple[PersonRowView, ...]:
    """Find a few people for a choice: a successor, a deputy.

    Raises:
        NotAllowedError: Not for this role.
    """
    if not words.strip():
        return ()
    if not may_at_all(Deed.SEE_PERSON, act.actor.roles):
        raise NotAllowedError
    return list_people(act, PeopleFilter(q=words)).items[:most]

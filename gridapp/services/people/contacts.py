"""The people on a grid's poster and notice board: who answers for it, with the duty phone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, or_, select

from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.portraits import data_address
from gridapp.services.people.spans import held_on
from gridapp.tables import Grid, Person, Portrait, Post

_UP_TO_COMMUNITY = (GridLevel.COMMUNITY, GridLevel.GRID, GridLevel.MICRO)
_IDS_MOST: Final = 2_000
_STANDS_IN: Final = "（代班）"
_Absent = aliased(Post)
_StandIn = aliased(Post)
_Deputy = aliased(Person)


@dataclass(frozen=True)
class ContactView:
    """One person as on a notice board; the name in full, as staff are shown to residents.

    Args:
        title: The post's own title, or the role's name.
        duty_phone: The phone of the post; the person's own one is never given.
        grid_name: The grid, micro-grid or community for which they answer.
        portrait: The face, as an address that holds the picture itself; empty without one.
    """

    name: str
    title: str
    duty_phone: str
    grid_name: str
    portrait: str = ""


def public_contacts(act: Act, grid_id: int) -> tuple[ContactView, ...]:
    """List who answers for a grid today, nearest first: accountable workers and grid heads.

    Of somebody on leave the deputy is shown instead, with the deputy's phone. Looks at the grid
    and those above it up to the community. Anybody may ask.

    Raises:
        NotThereError: No such grid.
    """
    path = act.session.exec(select(Grid.path).where(Grid.id == grid_id)).one_or_none()
    if path is None:
        raise NotThereError
    return tuple(one.contact for one in public_posts_of(act, [path], with_deputies=True)[path])


@dataclass(frozen=True)
class PublicPost:
    """A post that the public may know of, with what is told of it."""

    contact: ContactView
    role: Role
    webp: bytes = b""


@dataclass(frozen=True)
class _Held:
    """A post that the public may know of."""

    person: Person
    post: Post
    grid_name: str
    webp: bytes | None


def public_posts_of(
    act: Act, paths: Iterable[str], *, with_deputies: bool = False
) -> dict[str, tuple[PublicPost, ...]]:
    """List who answers for each of many grids, by their paths; one query for hundreds of grids.

    Without deputies for what is printed: a sheet hangs longer than a leave lasts.
    """
    wanted = {path: _ids(path) for path in paths}
    held: dict[int, list[_Held]] = {}
    for ids in batched_ids(set().union(*wanted.values())):
        for person, post, grid_name, webp in _public_posts(act, ids, with_deputies=with_deputies):
            held.setdefault(post.grid_id, []).append(_Held(person, post, grid_name, webp))
    return {path: _nearest_first(above, held) for path, above in wanted.items()}


def batched_ids(ids: Iterable[int]) -> Iterator[list[int]]:
    """Give ids in portions that every database takes in one query."""
    ordered = sorted(ids)
    for at in range(0, len(ordered), _IDS_MOST):
        yield ordered[at : at + _IDS_MOST]


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _public_posts(
    act: Act, grid_ids: list[int], *, with_deputies: bool
) -> Sequence[tuple[Person, Post, str, bytes | None]]:
    on = beijing_date(act.now)
    return act.session.exec(
        select(Person, Post, Grid.name, Portrait.webp)
        .join(Post, col(Post.person_id) == Person.id)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .outerjoin(_Absent, col(_Absent.id) == Post.stands_in_for_id)
        .outerjoin(Portrait, col(Portrait.person_id) == Person.id)
        .where(col(Grid.id).in_(grid_ids), col(Grid.level).in_(_UP_TO_COMMUNITY))
        .where(_present(on) if with_deputies else _own(Post))
        .where(held_on(on))
        .where(col(Person.disabled_at).is_(None))
    ).all()


def _own(post: type[Post]) -> ColumnElement[bool]:
    """Tell which posts answer for their grid in their own right."""
    answers = or_(
        and_(col(post.role) == Role.GRID_WORKER, col(post.accountable)),
        col(post.role) == Role.GRID_HEAD,
    )
    return and_(answers, col(post.stands_in_for_id).is_(None))


def _present(on: date) -> ColumnElement[bool]:
    """Tell who is there on a day: those who are not on leave, and who stands in for the others."""
    stands_in = (
        select(col(_StandIn.id))
        .join(_Deputy, col(_Deputy.id) == col(_StandIn.person_id))
        .where(
            col(_StandIn.stands_in_for_id) == col(Post.id),
            col(_StandIn.from_on) <= on,
            col(_StandIn.to_on) >= on,
            col(_Deputy.disabled_at).is_(None),
        )
    )
    return or_(and_(_own(Post), ~exists(stands_in.correlate(Post))), _own(_Absent))


def _nearest_first(above: list[int], held: dict[int, list[_Held]]) -> tuple[PublicPost, ...]:
    def nearness(one: _Held) -> tuple[int, bool, bool, int]:
        post = one.post
        depth = above.index(post.grid_id)
        answers = post.accountable or post.stands_in_for_id is not None
        return -depth, post.role is not Role.GRID_WORKER, not answers, post.id or 0

    rows = [one for grid_id in above for one in held.get(grid_id, [])]
    # A person who answers on two levels is shown once, on the nearer.
    shown: dict[int | None, PublicPost] = {}
    for one in sorted(rows, key=nearness):
        title = one.post.title or ROLE[one.post.role]
        if one.post.stands_in_for_id is not None:
            title = f"{title}{_STANDS_IN}"
        portrait = data_address(one.webp)
        contact = ContactView(
            one.person.name, title, one.person.duty_phone, one.grid_name, portrait
        )
        shown.setdefault(one.person.id, PublicPost(contact, one.post.role, one.webp or b""))
    return tuple(shown.values())

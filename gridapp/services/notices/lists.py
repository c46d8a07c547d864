"""Lists notices: to residents those that hold at their building, to staff those of their grids."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, case, or_, select
from sqlmodel import col

from gridapp.domain.clockwords import day_words, moment_words
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.bad_rows import readable
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Grid, Notice, Person

_SHOWN_MAX_COUNT: Final = 10
_LISTED_MAX_COUNT: Final = 100
GRIDS_MAX_COUNT: Final = 200


@dataclass(frozen=True)
class PublicNoticeView:
    """A notice as a resident reads it; who wrote it is the grid."""

    title: str
    words: str
    grid: str
    posted_words: str


@dataclass(frozen=True)
class NoticeView:
    """A notice as its grid's people read it: until when it hangs, or that it hangs no more."""

    id: int
    version: int
    title: str
    words: str
    grid: str
    posted_words: str
    until_words: str
    hangs: bool


def public_notices(act: Act, grid_path: str) -> tuple[PublicNoticeView, ...]:
    """List what is told to residents of a grid: its own notices and those of the grids above.

    Anybody may ask; the newest come first, at most 10.
    """
    above = [int(part) for part in grid_path.split("/") if part]
    rows = act.session.execute(
        select(Notice, col(Grid.name))
        .join(Grid, col(Grid.id) == col(Notice.grid_id))
        .where(col(Notice.grid_id).in_(above), _hangs(act))
        .order_by(col(Notice.posted_at).desc(), col(Notice.id).desc())
        .limit(_SHOWN_MAX_COUNT)
    ).all()

    def view(one: Row[Notice, str]) -> PublicNoticeView:
        row, grid = one
        return PublicNoticeView(row.title, row.words, grid, moment_words(act.now, row.posted_at))

    return tuple(readable("notices", rows, view))


def list_notices(act: Act) -> tuple[NoticeView, ...]:
    """List the notices of the grids in reach: those that hang first, at most 100.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.POST_NOTICE)
    hangs = _hangs(act)
    rows = act.session.execute(
        select(Notice, col(Grid.name), col(Person.name))
        .join(Grid, col(Grid.id) == col(Notice.grid_id))
        .outerjoin(Person, col(Person.id) == col(Notice.posted_by_id))
        .where(grids_within(act.actor, Deed.POST_NOTICE))
        .order_by(case((hangs, 0), else_=1), col(Notice.id).desc())
        .limit(_LISTED_MAX_COUNT)
    ).all()
    return tuple(
        readable("notices", rows, lambda one: _view(act, one[0], one[1], one[2] or "系统"))
    )


def grids_to_tell(act: Act) -> tuple[tuple[str, str], ...]:
    """List code and name of the grids that one may tell something, each below the one above it.

    Micro-grids are left out, of which a street has hundreds, but for one's own.
    """
    demand(act, Deed.POST_NOTICE)
    own = [post.grid_id for post in act.actor.posts]
    rows = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .where(grids_within(act.actor, Deed.POST_NOTICE), col(Grid.retired_at).is_(None))
        .where(or_(col(Grid.level) != GridLevel.MICRO, col(Grid.id).in_(own)))
        .order_by(col(Grid.path))
        .limit(GRIDS_MAX_COUNT)
    ).all()
    return tuple((code, name) for code, name in rows)


def _hangs(act: Act) -> ColumnElement[bool]:
    return and_(col(Notice.taken_down_at).is_(None), col(Notice.until_on) >= beijing_date(act.now))


def _view(act: Act, row: Notice, grid: str, by: str) -> NoticeView:
    assert row.id is not None
    until = day_words(act.now, row.until_on)
    hangs = row.taken_down_at is None and row.until_on >= beijing_date(act.now)
    gone = "已撤下" if row.taken_down_at else f"{until}已到期"
    return NoticeView(
        id=row.id,
        version=row.version,
        title=row.title,
        words=row.words,
        grid=grid,
        posted_words=f"{by} {moment_words(act.now, row.posted_at)}",
        until_words=f"挂到{until}" if hangs else gone,
        hangs=hangs,
    )

"""Which grids lack somebody: nobody walks it, nobody answers for it, or soon nobody will (空缺)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed, GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.spans import held_on
from gridapp.services.permit import demand
from gridapp.tables import Grid, Person, Post

PAGE_COUNT: Final = 30
SOON_DAYS: Final = 30
_A_DAY: Final = timedelta(days=1)
_SOON_MAX_COUNT: Final = 500


class Gap(StrEnum):
    """What a grid lacks."""

    HOLDER = "holder"
    ACCOUNTABLE = "accountable"
    SOON = "soon"


@dataclass(frozen=True)
class GapView:
    """A grid with a gap; ``from_on`` is the first day without anybody, when it is ahead."""

    grid_code: str
    grid_name: str
    above: str
    from_on: date | None = None
    last_name: str = ""


@dataclass(frozen=True)
class GapsView:
    """A page of gaps, with how many there are of each kind."""

    items: tuple[GapView, ...]
    counts: dict[Gap, int]


def list_gaps(act: Act, gap: Gap = Gap.HOLDER, page: int = 1) -> GapsView:
    """List the grids that lack a grid worker, or an accountable one, today or within 30 days.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    today = beijing_date(act.now)
    soon = _soon(act, today)
    counts = {
        Gap.HOLDER: _count(act, _without(today)),
        Gap.ACCOUNTABLE: _count(act, _unanswered(today)),
        Gap.SOON: len(soon),
    }
    first = (page - 1) * PAGE_COUNT
    if gap is Gap.SOON:
        return GapsView(tuple(soon[first : first + PAGE_COUNT]), counts)
    where = _without(today) if gap is Gap.HOLDER else _unanswered(today)
    above = _Above
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name), above.c.name)
        .outerjoin(above, above.c.id == col(Grid.parent_id))
        .where(_walked(), where)
        .order_by(col(Grid.code))
        .limit(PAGE_COUNT)
        .offset(first)
    ).all()
    return GapsView(tuple(GapView(code, name, up or "") for code, name, up in found), counts)


_Above: Any = select(col(Grid.id), col(Grid.name)).subquery("above")


def _walked() -> ColumnElement[bool]:
    """Tell which grids somebody must walk: every grid in use; micro-grids lie below one."""
    return and_(col(Grid.level) == GridLevel.GRID, col(Grid.retired_at).is_(None))


def _worker(today: date, *more: Any) -> ColumnElement[bool]:
    """Tell whether an enabled worker holds a post of a grid; deputies fill no gap."""
    return exists(
        select(col(Post.id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.grid_id) == col(Grid.id),
            col(Post.role) == Role.GRID_WORKER,
            col(Post.stands_in_for_id).is_(None),
            col(Person.disabled_at).is_(None),
            held_on(today),
            *more,
        )
        .correlate(Grid)
    )


def _without(today: date) -> ColumnElement[bool]:
    return ~_worker(today)


def _unanswered(today: date) -> ColumnElement[bool]:
    return and_(_worker(today), ~_worker(today, col(Post.accountable)))


def _count(act: Act, where: ColumnElement[bool]) -> int:
    count: int = act.session.execute(
        select(func.count(col(Grid.id))).where(_walked(), where)
    ).scalar_one()
    return count


def _soon(act: Act, today: date) -> list[GapView]:
    """Find the grids whose workers all end within 30 days, with the first day without one."""
    ends = and_(col(Post.to_on).is_not(None), col(Post.to_on) < today + timedelta(days=SOON_DAYS))
    ending = (
        select(col(Grid.id), col(Grid.code), col(Grid.name), _Above.c.name)
        .outerjoin(_Above, _Above.c.id == col(Grid.parent_id))
        .where(_walked(), _worker(today, ends))
        .order_by(col(Grid.code))
        .limit(_SOON_MAX_COUNT)
    )
    grids = act.session.execute(ending).all()
    spans = _spans(act, [grid_id for grid_id, *_ in grids], today)
    gaps = []
    for grid_id, code, name, above in grids:
        last_on, last_name = _last_day(spans.get(grid_id, []), today)
        if last_on is not None and last_on < today + timedelta(days=SOON_DAYS):
            gaps.append(GapView(code, name, above or "", last_on + _A_DAY, last_name))
    return sorted(gaps, key=lambda gap: (gap.from_on or today, gap.grid_code))


_Span = tuple[date, date | None, str]


def _spans(act: Act, grid_ids: list[int], today: date) -> dict[int, list[_Span]]:
    found = act.session.execute(
        select(col(Post.grid_id), col(Post.from_on), col(Post.to_on), col(Person.name))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.grid_id).in_(grid_ids),
            col(Post.role) == Role.GRID_WORKER,
            col(Post.stands_in_for_id).is_(None),
            col(Person.disabled_at).is_(None),
            or_(col(Post.to_on).is_(None), col(Post.to_on) >= today),
        )
        .order_by(col(Post.from_on))
    )
    spans: dict[int, list[_Span]] = {}
    for grid_id, from_on, to_on, name in found:
        spans.setdefault(grid_id, []).append((from_on, to_on, name))
    return spans


def _last_day(spans: list[_Span], today: date) -> tuple[date | None, str]:
    """Give the last day that is covered without a break from today on; None is for ever."""
    covered, by = today - _A_DAY, ""
    for from_on, to_on, name in spans:
        if from_on > covered + _A_DAY:
            break
        if to_on is None:
            return None, ""
        if to_on > covered:
            covered, by = to_on, name
    return covered, by

"""Lists cases in reach, filtered, searched and paged by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.errors import FactsError
from gridapp.domain.lateness import RUNNING
from gridapp.domain.timebounds import utc_within
from gridapp.domain.vocabulary import Deed, Root, Source, Status
from gridapp.domain.workcalendar import day_begins_at
from gridapp.services.case_access import cases_in_reach, cases_within
from gridapp.services.cases.cards import as_named, cards_of, named_cases
from gridapp.services.cases.search import (
    begins_only,
    cases_matching,
    digits_of,
    is_searchable,
    note_phone_search,
)
from gridapp.services.cases.views import CasePage
from gridapp.services.desk import Act
from gridapp.services.lateness import late_case
from gridapp.tables import BuildingCode, Case, CaseLife, Category, Grid

PAGE_MAX_COUNT: Final = 50
# Beyond this the exact total tells nobody anything, and counting would cost more than the page.
TOTAL_MAX_COUNT: Final = 1_000
_SOON: Final = timedelta(hours=24)
_DAY: Final = timedelta(days=1)
# Nothing was reported before or after; a day at the end of the calendar has no UTC moment.
_YEARS: Final = (2000, 2100)
UNSORTED: Final = "none"

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class CaseFilter:
    """What is asked for.

    Args:
        statuses: Words of ``Status``; empty for all.
        grid: A grid's code; its whole tree is meant.
        q: What a person typed into the search box.
        root: A root of the category table, or ``none`` for what is not sorted yet; empty for all.
        source: A word of ``Source``; empty for all.
        from_on: Only what was reported on this Beijing day or later.
        to_on: Only what was reported on this Beijing day or before.
        due: ``late`` (past due), ``soon`` (due within 24 hours), or empty.
        mine: Only cases addressed to the reader (tasks).
        sort: ``newest`` first, or ``due`` soonest first.
        after: The key that the page before gave as ``next``.
        limit: 1 to 50.
        aside: Only what is set aside (待甄别), which stands in no other list.
        at: A building's code; together with the moments it narrows what is set aside, or any list.
        since: Received at this moment or later.
        until: Received before this moment.
        closed: The days are those of its closing, of an earlier life of it too, as figures count.
        phones: Phones are looked up for ``q`` too, and that is written down: in ``acting`` only.
    """

    statuses: tuple[str, ...] = ()
    grid: str = ""
    q: str = ""
    due: str = ""
    root: str = ""
    source: str = ""
    from_on: date | None = None
    to_on: date | None = None
    mine: bool = False
    sort: str = "newest"
    after: str = ""
    limit: int = 20
    aside: bool = False
    at: str = ""
    since: datetime | None = None
    until: datetime | None = None
    closed: bool = False
    phones: bool = False


def list_cases(act: Act, asked: CaseFilter) -> CasePage:
    """List cases in reach; ``total`` is counted up to 1,000.

    Raises:
        FactsError: A filter is unknown.
    """
    where = and_(*case_wheres(act, asked))
    limit = max(1, min(asked.limit, PAGE_MAX_COUNT))
    total = count_where(act, where)
    if total >= TOTAL_MAX_COUNT and not (asked.sort == "due" and asked.statuses):
        # Among many the first are soonest found by walking in order; a planner left to itself
        # would gather them all and sort. By deadline a status has an index with its own order.
        where = _looked_up(and_(*case_wheres(act, asked, by_row=True)))
    # The rows are read only once it is known which: sorting them would carry every text along.
    following = _following(select(col(Case.id)).where(where), asked)
    ids = _in_order(following, asked).limit(limit + 1).subquery()
    page = _in_order(named_cases().join(ids, ids.c.id == col(Case.id)), asked)
    found = [as_named(row) for row in act.session.execute(page).all()]
    shown = found[:limit]
    key = _key_of(shown[-1].row, asked) if len(found) > limit else ""
    if asked.phones and not asked.after and digits_of(asked.q):
        note_phone_search(act, asked.q, total)
    return CasePage(
        cards_of(act, shown),
        key,
        total,
        total_is_capped=total >= TOTAL_MAX_COUNT,
        q_is_unsearchable=bool(asked.q.strip()) and not is_searchable(asked.q),
    )


def count_cases(act: Act, asked: CaseFilter) -> int:
    """Count cases in reach, up to 1,000."""
    return count_where(act, and_(*case_wheres(act, asked)))


def count_where(act: Act, where: ColumnElement[bool]) -> int:
    """Count up to 1,000 cases."""
    few = select(col(Case.id)).where(where).limit(TOTAL_MAX_COUNT).subquery()
    total: int = act.session.execute(select(func.count()).select_from(few)).scalar_one()
    return total


def case_wheres(act: Act, asked: CaseFilter, *, by_row: bool = False) -> list[ColumnElement[bool]]:
    """Say in SQL what is asked for, within reach.

    Raises:
        FactsError: A filter is unknown.
    """
    within = _within(act, asked)
    # A grid or a first letter is narrower than a reach, which is then only looked up.
    is_narrow = bool(asked.grid) or begins_only(asked.q)
    wheres = [_looked_up(within) if is_narrow else within]
    if asked.statuses:
        wheres.append(col(Case.status).in_(_statuses(asked.statuses)))
    if asked.grid:
        wheres.append(col(Case.grid_id).in_(_tree_of(asked.grid)))
    if asked.q.strip():
        wheres.append(cases_matching(act, asked.q, by_row=by_row, with_phones=asked.phones))
    wheres += [*_received_wheres(asked), *_due_wheres(act.now, asked.due)]
    return [*wheres, *_kind_wheres(asked), *_day_wheres(asked)]


def _within(act: Act, asked: CaseFilter) -> ColumnElement[bool]:
    if asked.aside:
        return and_(cases_in_reach(act.actor, Deed.SEE_CASE), col(Case.aside_for).is_not(None))
    return cases_within(act.actor, Deed.HANDLE if asked.mine else Deed.SEE_CASE)


def _received_wheres(asked: CaseFilter) -> list[ColumnElement[bool]]:
    """Narrow by the building that a code hangs or hung on, and by when a case was received."""
    wheres: list[ColumnElement[bool]] = []
    if asked.at:
        code = col(BuildingCode.code) == normalise(asked.at)
        wheres.append(col(Case.building_id).in_(select(col(BuildingCode.building_id)).where(code)))
    if asked.since:
        wheres.append(col(Case.received_at) >= asked.since)
    if asked.until:
        wheres.append(col(Case.received_at) < asked.until)
    return wheres


def _kind_wheres(asked: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if asked.source:
        if asked.source not in set(Source):
            raise FactsError(fields={"source": "没有这种来源"})
        yield col(Case.source) == Source(asked.source)
    if asked.root == UNSORTED:
        yield col(Case.category_id).is_(None)
    elif asked.root:
        if asked.root not in set(Root):
            raise FactsError(fields={"root": "没有这个大类"})
        of_root = select(col(Category.id)).where(col(Category.root) == Root(asked.root))
        yield col(Case.category_id).in_(of_root)


def _day_wheres(asked: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if any(day and not _YEARS[0] <= day.year <= _YEARS[1] for day in (asked.from_on, asked.to_on)):
        raise FactsError(fields={"from": "日期不对"})
    if asked.closed:
        earlier = select(col(CaseLife.case_id)).where(*_closed_within(CaseLife, asked))
        yield or_(and_(*_closed_within(Case, asked)), col(Case.id).in_(earlier))
    else:
        yield from _days_of(col(Case.reported_at), asked)


def _closed_within(
    life: type[Case] | type[CaseLife], asked: CaseFilter
) -> list[ColumnElement[bool]]:
    return [col(life.status) == Status.CLOSED, *_days_of(col(life.closed_at), asked)]


def _days_of(moment: Mapped[Any], asked: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if asked.from_on:
        yield moment >= day_begins_at(asked.from_on)
    if asked.to_on:
        yield moment < day_begins_at(asked.to_on) + _DAY


def _statuses(words: tuple[str, ...]) -> list[Status]:
    try:
        return [Status(word) for word in words]
    except ValueError as error:
        raise FactsError(fields={"status": "没有这种状态"}) from error


def _tree_of(code: str) -> Select[int | None]:
    path = select(col(Grid.path)).where(col(Grid.code) == code).scalar_subquery()
    return select(col(Grid.id)).where(col(Grid.path).like(path.op("||")("%")))


def _due_wheres(now: datetime, due: str) -> list[ColumnElement[bool]]:
    if not due:
        return []
    if due == "late":
        return [late_case(now)]
    if due == "soon":
        running = col(Case.status).in_(RUNNING)
        return [running, col(Case.due_at) >= now, col(Case.due_at) < now + _SOON]
    raise FactsError(fields={"due": "没有这种期限"})


def _looked_up(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Ask the same of each row that comes along: no index is chosen to answer it."""
    return case((where, 1), else_=0) == 1


def _following(page: Select[int | None], asked: CaseFilter) -> Select[int | None]:
    if not asked.after:
        return page
    by_id = col(Case.id)
    if asked.sort != "due":
        return page.where(by_id < _whole(asked.after))
    due_at, last = _split_key(asked.after)
    return page.where(
        or_(col(Case.due_at) > due_at, and_(col(Case.due_at) == due_at, by_id > last))
    )


def _in_order(page: Select[*Ts], asked: CaseFilter) -> Select[*Ts]:
    by_id = col(Case.id)
    return (
        page.order_by(col(Case.due_at), by_id)
        if asked.sort == "due"
        else page.order_by(by_id.desc())
    )


def _key_of(row: Case, asked: CaseFilter) -> str:
    return f"{row.due_at.isoformat()}~{row.id}" if asked.sort == "due" else str(row.id)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:  # noqa: PLR2004 - fits 64 bits
        raise FactsError(fields={"after": "分页位置无效"})
    return int(text)


def _split_key(key: str) -> tuple[datetime, int]:
    moment, _, last = key.partition("~")
    try:
        told = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError as error:
        raise FactsError(fields={"after": "分页位置无效"}) from error
    due_at = utc_within(told) if told.tzinfo else None
    if due_at is None:
        raise FactsError(fields={"after": "分页位置无效"})
    return due_at, _whole(last)

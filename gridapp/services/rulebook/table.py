"""The category table as its keepers see it, and what a report would be promised by it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlmodel import col

from gridapp.domain.clockwords import due_words
from gridapp.domain.deadlines import limit_fault, parse_limit, promise, step_due
from gridapp.domain.labels import ROOT
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Root, Urgency
from gridapp.domain.workcalendar import BEIJING, beijing_date
from gridapp.domain.workflow import OPEN
from gridapp.services.calendar.promises import CategoryThen, limits_of, urgency_limits
from gridapp.services.calendar.town import town_calendar
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.services.rules.book import the_book
from gridapp.tables import Case, Category, Unit

_FRIDAY: Final = 4
_SHOWN_MAX_COUNT: Final = 300


@dataclass(frozen=True)
class CategoryRowView:
    """An item with all that may be changed of it.

    Args:
        ahead_count: How many changes lie ahead.
    """

    code: str
    version: int
    root: Root
    name: str
    urgency: Urgency
    accept_limit: str
    take_limit: str
    handle_limit: str
    whole_limit: str
    whole_in_force: str
    unit: str
    unit_name: str
    may_settle: bool
    is_public: bool
    questions: tuple[str, ...]
    is_example: bool
    is_retired: bool
    ahead_count: int


@dataclass(frozen=True)
class UnitChoice:
    """A unit to choose from."""

    code: str
    name: str


def list_table(act: Act, q: str = "", *, with_retired: bool = False) -> tuple[CategoryRowView, ...]:
    """List the items, root by root; ``q`` is searched in names and questions.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_CATEGORY)
    asked = select(Category, col(Unit.code), col(Unit.name)).outerjoin(
        Unit, col(Unit.id) == col(Category.unit_id)
    )
    if not with_retired:
        ahead = [key for (kind, key) in the_book(act).changes if kind is RuleKind.CATEGORY]
        coming = [key for key in ahead if the_book(act).ahead(RuleKind.CATEGORY, key, act.now)]
        asked = asked.where(or_(col(Category.retired_at).is_(None), col(Category.code).in_(coming)))
    if q.strip():
        asked = asked.where(col(Category.name).contains(q.strip(), autoescape=True))
    found = act.session.execute(
        asked.order_by(col(Category.position), col(Category.id)).limit(_SHOWN_MAX_COUNT)
    ).all()
    roots = list(ROOT)
    rows = [_view(act, row, code or "", name or "") for row, code, name in found]
    return tuple(sorted(rows, key=lambda view: roots.index(view.root)))


def _view(act: Act, row: Category, unit: str, unit_name: str) -> CategoryRowView:
    book = the_book(act)
    usual = urgency_limits(act, row.urgency, act.now)
    limits = limits_of(row, row.urgency, {row.urgency: usual})
    return CategoryRowView(
        code=row.code, version=book.version(RuleKind.CATEGORY, row.code), root=row.root,
        name=row.name, urgency=row.urgency, accept_limit=row.accept_limit,
        take_limit=row.take_limit, handle_limit=row.handle_limit, whole_limit=row.whole_limit,
        whole_in_force=limits.whole.label, unit=unit, unit_name=unit_name,
        may_settle=row.may_settle, is_public=row.is_public, questions=tuple(row.questions),
        is_example=row.is_example, is_retired=row.retired_at is not None,
        ahead_count=book.ahead(RuleKind.CATEGORY, row.code, act.now),
    )  # fmt: skip


def count_open_cases(act: Act, code: str) -> int:
    """Count the cases of an item that are still being worked on; they go on when it is retired.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.RETIRE_CATEGORY)
    found: int = act.session.execute(
        select(func.count(col(Case.id)))
        .join(Category, col(Category.id) == col(Case.category_id))
        .where(col(Category.code) == code, col(Case.status).in_(OPEN))
    ).scalar_one()
    return found


def list_unit_choices(act: Act) -> tuple[UnitChoice, ...]:
    """List the units in use, which an item may name as its usual one.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_CATEGORY)
    found = act.session.execute(
        select(col(Unit.code), col(Unit.name))
        .where(col(Unit.retired_at).is_(None))
        .order_by(col(Unit.name))
        .limit(_SHOWN_MAX_COUNT)
    ).all()
    return tuple(UnitChoice(code, name) for code, name in found)


def preview_promise(
    act: Act, urgency: Urgency, accept_limit: str = "", whole_limit: str = ""
) -> str:
    """Say what a report of the next Friday at 16:00 would be promised by these limits."""
    faults = [limit_fault(text) for text in (accept_limit, whole_limit) if text]
    if any(faults):
        return next(fault for fault in faults if fault)
    start_at = next_friday(act.now)
    tried = CategoryThen("", urgency, accept_limit, "", "", whole_limit)
    limits = limits_of(tried, urgency, {urgency: urgency_limits(act, urgency, start_at)})
    calendar = town_calendar(act)
    whole = promise(start_at, limits.whole, calendar)
    first = step_due(start_at, limits.accept, whole.due_at, calendar)
    said = _said(act.now, start_at)
    maybe = "（那一年的放假安排还没有公布，暂按每周上班时间算）" if whole.provisional else ""
    return f"例如{said}上报：{_due(act.now, first)}受理，{_due(act.now, whole.due_at)}办结{maybe}。"


def next_friday(now: datetime) -> datetime:
    """Give the next Friday at 16:00, by the Beijing clock."""
    today = beijing_date(now)
    ahead = (_FRIDAY - today.weekday()) % 7
    friday = datetime.combine(today + timedelta(days=ahead), time(16), BEIJING)
    return friday if friday > now else friday + timedelta(days=7)


def _said(now: datetime, moment: datetime) -> str:
    return f"{due_words(now, moment).removesuffix(' 前')}（周五）"


def _due(now: datetime, moment: datetime) -> str:
    return due_words(now, moment)


def is_limit(text: str) -> bool:
    """Tell whether a text is a written limit."""
    return parse_limit(text) is not None

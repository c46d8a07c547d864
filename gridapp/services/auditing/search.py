"""Searches the audit rows: who, what, when, to whom, why; newest first, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date, day_begins_at
from gridapp.services.auditing.subjects import subject_names, subjects_called
from gridapp.services.auditing.words import deed_label, facts_words, subject_words
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.tables import AuditRow, Person

PAGE_COUNT: Final = 50
_WORDS_MAX_CHARACTERS: Final = 64
_USUAL_DAYS: Final = 31
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class AuditFilter:
    """What is looked for; days are Beijing days, both count. Without a first day the last 31.

    Args:
        who: Words of the doer's name or login.
        words: Words of the reason, or of the subject (a case's number, a person, a shop).
        before: The last row that has been read, for the following page.
    """

    who: str = ""
    deed: str = ""
    words: str = ""
    from_on: date | None = None
    to_on: date | None = None
    before: int = 0


@dataclass(frozen=True)
class AuditView:
    """One row as the auditor reads it."""

    id: int
    at: datetime
    when: str
    who: str
    login: str
    deed: str
    subject: str
    reason: str
    more: str


@dataclass(frozen=True)
class AuditPageView:
    """A page of rows; ``next`` is empty at the end. The total stops at 10,000."""

    items: tuple[AuditView, ...]
    next: int
    total: int


TOTAL_MAX_COUNT: Final = 10_000


def search_audit(act: Act, asked: AuditFilter) -> AuditPageView:
    """Give a page of what was written down.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_AUDIT)
    where = _wished(act, asked)
    counted = select(col(AuditRow.id)).where(*where).limit(TOTAL_MAX_COUNT).subquery()
    total = act.session.execute(select(func.count()).select_from(counted)).scalar_one()
    page = [*where, col(AuditRow.id) < asked.before] if asked.before else where
    rows = act.session.execute(_rows(page).limit(PAGE_COUNT + 1)).all()
    shown = rows[:PAGE_COUNT]
    more = len(rows) > PAGE_COUNT
    return AuditPageView(tuple(_views(act, shown)), shown[-1][0].id if more else 0, total)


def every_row(act: Act, asked: AuditFilter, most: int) -> Iterator[AuditView]:
    """Give all rows that are looked for, oldest of the newest ``most`` last; in portions.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_AUDIT)
    found = act.session.execute(
        _rows(_wished(act, asked)).limit(most).execution_options(yield_per=500)
    )
    for portion in found.partitions(500):
        yield from _views(act, portion)


def _rows(where: list[ColumnElement[bool]]) -> Any:
    return (
        select(AuditRow, col(Person.name), col(Person.login))
        .outerjoin(Person, col(Person.id) == col(AuditRow.actor_id))
        .where(*where)
        .order_by(col(AuditRow.id).desc())
    )


def _wished(act: Act, asked: AuditFilter) -> list[ColumnElement[bool]]:
    today = beijing_date(act.now)
    first = asked.from_on or (asked.to_on or today) - timedelta(days=_USUAL_DAYS - 1)
    where: list[ColumnElement[bool]] = [col(AuditRow.at) >= day_begins_at(first)]
    if asked.to_on is not None:
        where.append(col(AuditRow.at) < day_begins_at(asked.to_on + _A_DAY))
    if asked.deed:
        where.append(col(AuditRow.deed) == asked.deed[:_WORDS_MAX_CHARACTERS])
    if who := asked.who.strip()[:_WORDS_MAX_CHARACTERS]:
        where.append(col(AuditRow.actor_id).in_(_people(who)))
    if words := asked.words.strip()[:_WORDS_MAX_CHARACTERS]:
        where.append(_about(act, words))
    return where


def _people(words: str) -> Any:
    return select(col(Person.id)).where(
        or_(
            col(Person.name).contains(words, autoescape=True),
            col(Person.login) == words.lower(),
        )
    )


def _about(act: Act, words: str) -> ColumnElement[bool]:
    ids = act.session.execute(_people(words).limit(200)).scalars()
    called = [f"person:{person_id}" for person_id in ids] + subjects_called(act, words)
    return or_(
        col(AuditRow.reason).contains(words, autoescape=True),
        col(AuditRow.subject).contains(words, autoescape=True),
        col(AuditRow.subject).in_(called),
    )


def _views(act: Act, rows: Any) -> Iterator[AuditView]:
    names = subject_names(act, [row.subject for row, _, _ in rows])
    for row, name, login in rows:
        yield AuditView(
            id=row.id,
            at=row.at,
            when=moment_words(act.now, row.at),
            who=name or "系统",
            login=login or "",
            deed=deed_label(row.deed),
            subject=subject_words(row.subject, names),
            reason=row.reason,
            more=facts_words(row.facts),
        )

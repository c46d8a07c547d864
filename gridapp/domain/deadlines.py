"""Promises: by when a case, or one step of it, is to be done, and how late it is.

A limit is counted in its own unit, and so are its marks: the warning at 75 % of the limit, yellow
at the limit, red at twice the limit. The marks are measured from the due moment, so they stay
right after a pause or an extension has moved it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from gridapp.domain.vocabulary import Urgency
from gridapp.domain.workcalendar import OFFICE_DAY, WorkCalendar, beijing_date

_HOUR: Final = timedelta(hours=1)
_WARN_BEFORE: Final = 4  # the last quarter of a limit is warned about
_LONGEST: Final = 9999
_LIMIT: Final = re.compile(r"(\d{1,4})(wh|wd|h)", re.ASCII)
_SAID: Final = re.compile(r"(\d{1,9}) ?个?(工作小时|工作日|小时)", re.ASCII)


class LimitUnit(StrEnum):
    """In what a limit is counted; the value is its written form."""

    WORK_HOURS = "wh"
    WORK_DAYS = "wd"
    CLOCK_HOURS = "h"


_UNIT_LABEL: Final = {
    LimitUnit.WORK_HOURS: "个工作小时",
    LimitUnit.WORK_DAYS: "个工作日",
    LimitUnit.CLOCK_HOURS: "小时",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """So many work hours, work days or clock hours; ``str`` gives ``4wh``, ``7wd``, ``24h``."""

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= _LONGEST:
            raise ValueError(f"{self.amount} is not a limit from 1 to {_LONGEST}")

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.value}"

    @property
    def label(self) -> str:
        """What a person reads."""
        return f"{self.amount} {_UNIT_LABEL[self.unit]}"


def parse_limit(text: str) -> Limit | None:
    """Read a written limit such as ``4wh``, or give None when it is none."""
    found = _LIMIT.fullmatch(text.strip().lower())
    if found is None or int(found[1]) == 0:
        return None
    return Limit(int(found[1]), LimitUnit(found[2]))


# What a street may promise: a year of work days, or of hours three months.
RULED_MAX: Final = {
    LimitUnit.WORK_HOURS: 999, LimitUnit.WORK_DAYS: 250, LimitUnit.CLOCK_HOURS: 2160,
}  # fmt: skip


def limit_fault(text: str) -> str:
    """Tell what is wrong with a written limit that a street wants to set; empty when nothing is."""
    limit = parse_limit(text)
    found = re.fullmatch(r"-?\d{1,9}(wh|wd|h)", text, re.ASCII)
    if limit is not None and limit.amount <= RULED_MAX[limit.unit]:
        return ""
    if found is None:
        return "请写数字加单位，例如 4工作小时、7工作日或 24小时。"
    unit = LimitUnit(found[1])
    return f"应在 1 到 {RULED_MAX[unit]} {_UNIT_LABEL[unit]}之间。"


def said_limit(text: str) -> str:
    """Give the written form of a limit as people say it (``7 个工作日``), or the text itself."""
    found = _SAID.fullmatch(text.strip())
    if found is None:
        return text.strip().lower()
    unit = next(unit for unit, label in _UNIT_LABEL.items() if label.removeprefix("个") == found[2])
    return f"{int(found[1])}{unit.value}"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one kind of case.

    Args:
        accept: From the report to the acceptance.
        take: From the dispatch to the taking.
        handle: From the taking to the handling.
        whole: From the report to the handling; what the reporter is promised.
    """

    accept: Limit
    take: Limit
    handle: Limit
    whole: Limit


def _limits(accept: str, take: str, handle: str, whole: str) -> Limits:
    read = [parse_limit(text) for text in (accept, take, handle, whole)]
    assert all(read), "the rulebook's own limits are well written"
    return Limits(*[limit for limit in read if limit])


URGENCY_LIMITS: Final = {
    Urgency.CRITICAL: _limits("1h", "1h", "2h", "2h"),
    Urgency.URGENT: _limits("2h", "2h", "20h", "24h"),
    Urgency.ORDINARY: _limits("4wh", "4wh", "5wd", "7wd"),
    Urgency.COMPLEX: _limits("1wd", "1wd", "12wd", "15wd"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """A due moment; provisional when it reaches into a year whose holidays are unknown."""

    due_at: datetime
    provisional: bool


class DueState(StrEnum):
    """How an open promise stands."""

    CALM = "calm"
    WARN = "warn"
    YELLOW = "yellow"
    RED = "red"


def _later(moment: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    if limit.unit is LimitUnit.CLOCK_HOURS:
        return moment + limit.amount * _HOUR
    if limit.unit is LimitUnit.WORK_HOURS:
        return calendar.add_work_time(moment, limit.amount * _HOUR)
    return calendar.add_work_days(moment, limit.amount)


def promise(start_at: datetime, limit: Limit, calendar: WorkCalendar) -> Promise:
    """Promise a due moment, counted from the start in the limit's own unit."""
    due_at = _later(start_at, limit, calendar)
    by_calendar = limit.unit is not LimitUnit.CLOCK_HOURS
    return Promise(due_at, by_calendar and not calendar.knows_all(start_at, due_at))


def step_due(
    start_at: datetime, limit: Limit, whole_due_at: datetime, calendar: WorkCalendar
) -> datetime:
    """Give a step's due moment: never later than the whole case's, unless that has passed."""
    due_at = _later(start_at, limit, calendar)
    return min(due_at, whole_due_at) if whole_due_at > start_at else due_at


def warn_moment(due_at: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """Give the moment at which 75 % of the limit has passed."""
    amount = limit.amount * _HOUR
    if limit.unit is LimitUnit.CLOCK_HOURS:
        return due_at - amount / _WARN_BEFORE
    if limit.unit is LimitUnit.WORK_DAYS:
        amount = limit.amount * _day_of_work(due_at, calendar)
    return calendar.subtract_work_time(due_at, amount / _WARN_BEFORE)


def _day_of_work(due_at: datetime, calendar: WorkCalendar) -> timedelta:
    shifts = calendar.shifts_on(beijing_date(due_at)) or OFFICE_DAY
    day = due_at.date()
    return sum(
        (datetime.combine(day, s.closes) - datetime.combine(day, s.opens) for s in shifts),
        timedelta(),
    )


def red_moment(due_at: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """Give the moment at which twice the limit has passed."""
    return _later(due_at, limit, calendar)


def due_state(now: datetime, due_at: datetime, limit: Limit, calendar: WorkCalendar) -> DueState:
    """Tell how an open promise stands; what is done on the stroke of the due moment is in time."""
    if now > due_at:
        return DueState.RED if now >= red_moment(due_at, limit, calendar) else DueState.YELLOW
    return DueState.WARN if now >= warn_moment(due_at, limit, calendar) else DueState.CALM


def after_pause(
    due_at: datetime,
    limit: Limit,
    *,
    paused_at: datetime,
    resumed_at: datetime,
    calendar: WorkCalendar,
) -> datetime:
    """Shift a due moment by what was paused: clock hours by the clock, all else by work time.

    Work days too: by dates, a pause of two minutes around midnight would give a whole day, and
    one from morning to evening nothing. What was late already when it was paused stays so.
    """
    if paused_at >= due_at or resumed_at <= paused_at:
        return due_at
    if limit.unit is LimitUnit.CLOCK_HOURS:
        return due_at + (resumed_at - paused_at)
    return calendar.add_work_time(due_at, calendar.work_time(paused_at, resumed_at))


def after_extension(due_at: datetime, more: Limit, calendar: WorkCalendar) -> datetime:
    """Give the due moment after an extension; the first promise is kept beside it by the caller."""
    return _later(due_at, more, calendar)


_MINUTE: Final = timedelta(minutes=1)
_MINUTES_AN_HOUR: Final = 60
_HOURS_A_DAY: Final = 24
_PLAIN_FROM: Final = 3  # from 3 days or 3 hours on, the smaller unit says nothing any more


def span_words(span: timedelta) -> str:
    """Say a length of time as people do, rounded down: ``3 小时``, ``1 天 2 小时``."""
    minutes = span // _MINUTE
    hours, minute = divmod(minutes, _MINUTES_AN_HOUR)
    days, hour = divmod(hours, _HOURS_A_DAY)
    if days:
        return _two_words(days, "天", hour, "小时")
    if hours:
        return _two_words(hours, "小时", minute, "分钟")
    return f"{minutes} 分钟" if minutes else "不到 1 分钟"


def _two_words(large: int, large_word: str, small: int, small_word: str) -> str:
    words = f"{large} {large_word}"
    return words if large >= _PLAIN_FROM or not small else f"{words} {small} {small_word}"


def remaining_words(now: datetime, due_at: datetime) -> str:
    """Say how long is left or how long it is over: ``还剩 3 小时``, ``已超 1 天 2 小时``."""
    if now <= due_at:
        return f"还剩 {span_words(due_at - now)}".replace("剩 不", "剩不")
    return f"已超 {span_words(now - due_at)}".replace("超 不", "超不")

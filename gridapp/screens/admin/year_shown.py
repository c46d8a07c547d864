"""Turns a year of the work calendar into the months that the page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gridapp.domain.workcalendar import DayKind
from gridapp.services.calendar.year import DayView, YearView

WEEKDAYS: Final = "一二三四五六日"
_MARK: Final = {DayKind.HOLIDAY: "休", DayKind.MAKE_UP: "班"}
_SAID: Final = {
    "work": "上班", "rest": "休息", DayKind.HOLIDAY: "放假", DayKind.MAKE_UP: "调休上班",
}  # fmt: skip


@dataclass(frozen=True)
class DayCell:
    """A day: its number, the word of what it is, and what a reader hears.

    Args:
        on: The day, or empty for a gap before the first of a month.
        look: The class of its shape.
    """

    on: str
    number: str
    mark: str
    said: str
    look: str
    may_change: bool


@dataclass(frozen=True)
class MonthRows:
    """A month with its weeks."""

    name: str
    sum: str
    days: list[DayCell]


def months_of(view: YearView, today: date) -> list[MonthRows]:
    """Give the twelve months."""
    return [_month(view, month, today) for month in range(1, 13)]


def _month(view: YearView, month: int, today: date) -> MonthRows:
    days = [day for day in view.days if day.on.month == month]
    gaps = [DayCell("", "", "", "", "gap", may_change=False)] * days[0].on.weekday()
    works = sum(day.kind in {"work", DayKind.MAKE_UP} for day in days)
    return MonthRows(f"{month}月", f"{works}个工作日", gaps + [_day(day, today) for day in days])


def _day(day: DayView, today: date) -> DayCell:
    name = f"，{day.name}" if day.name else ""
    weekday = WEEKDAYS[day.on.weekday()]
    look = f"day {day.kind}{' own' if day.is_own else ''}{' today' if day.on == today else ''}"
    return DayCell(
        on=day.on.isoformat(),
        number=str(day.on.day),
        mark=_MARK.get(day.kind, ""),  # type: ignore[call-overload]  # a plain text is no key
        said=f"{day.on.month}月{day.on.day}日 周{weekday}，{_SAID[day.kind]}{name}",
        look=look,
        may_change=day.on >= today,
    )


def named_days(view: YearView) -> list[str]:
    """Say the year's holidays and make-up workdays one after the other, as an order says them."""
    runs: list[list[DayView]] = []
    for day in view.days:
        if day.kind not in set(DayKind):
            continue
        last = runs[-1][-1] if runs else None
        follows = last is not None and (day.on - last.on).days == 1
        if follows and last and (last.kind, last.name) == (day.kind, day.name):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [_run(run) for run in runs]


def _run(run: list[DayView]) -> str:
    first, last = run[0].on, run[-1].on
    begin = f"{first.month}月{first.day}日"
    end = f"{last.month}月" if last.month != first.month else ""
    until = f"至{end}{last.day}日" if last != first else f"（周{WEEKDAYS[first.weekday()]}）"
    name = f"{run[0].name}，" if run[0].name else ""
    return f"{name}{begin}{until}{_SAID[run[0].kind]}"

"""What the page of the work calendar shows: the week, a year, and years not yet taken in."""

from datetime import date
from typing import Final

import reflex as rx

from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.admin.year_shown import MonthRows, months_of, named_days
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.calendar.year import YearView, see_year
from gridapp.services.desk import Act
from gridapp.services.rulebook.load_year import ForeseenView, foresee_year, next_unknown_year
from gridapp.services.rules.fieldwords import week_words

_AROUND: Final = 5
_SOURCE: Final = {
    "published": "放假和调休按国务院办公厅公布的安排。",
    "administrator": "放假和调休由管理员录入。",
    "": "这一年的放假安排还没有载入，暂按每周上班时间推算。",
}


class CalendarState(SessionState):
    """A year of the work calendar."""

    is_ready: bool = False
    year: int = 0
    sum: str = ""
    title: str = ""
    week: list[str] = []
    week_told: list[list[list[str]]] = []
    months: list[MonthRows] = []
    named: list[str] = []
    missing_year: int = 0
    missing_words: str = ""
    is_published: bool = False
    said: str = ""
    _week_version: int = 0

    @rx.event
    @allow(*RULE_KEEPERS)
    async def load(self) -> None:
        """Open the page at the year of now."""
        await greet(self)
        self.said, self.year = "", 0
        await read_year(self)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def choose_year(self, year: int) -> None:
        """Show another year, not too far from now."""
        this = date.fromisoformat(await look(self, _today_text) or "2026-01-01").year
        if abs(year - this) <= _AROUND:
            self.year = year
            await read_year(self)


async def read_year(page: CalendarState) -> None:
    """Read everything anew."""
    seen = await look(page, _see, page.year)
    if seen is None:
        return
    view, foreseen, today = seen
    page.year = view.year
    page.title = f"{view.year}年"
    page.sum = f"共{view.workday_count}个工作日。{_SOURCE[view.source]}"
    page.week = week_words(_told(view)).split("；")
    page.week_told, page._week_version = _told(view), view.week_version  # noqa: SLF001 - its own page's
    page.months, page.named = months_of(view, today), named_days(view)
    page.missing_year, page.is_published = foreseen.year, foreseen.is_published
    page.missing_words = _missing(foreseen)
    page.is_ready = True


def _see(act: Act, year: int) -> tuple[YearView, ForeseenView, date]:
    today = beijing_date(act.now)
    view = see_year(act, year or today.year)
    return view, foresee_year(act, next_unknown_year(act)), today


def _today_text(act: Act) -> str:
    return beijing_date(act.now).isoformat()


def _told(view: YearView) -> list[list[list[str]]]:
    return [[list(span) for span in day] for day in view.week]


def _missing(seen: ForeseenView) -> str:
    promises = seen.promises
    if not promises.provisional_count:
        waiting = "现在没有暂定的期限。"
    elif not promises.firm_count:
        waiting = f"现在有{promises.provisional_count}件事的期限是暂定的。"
    else:
        earlier = promises.earlier_count
        moved = f"其中{earlier}件会提前，其余不变" if earlier else "时间都不变"
        waiting = f"有{promises.firm_count}件事的暂定期限会重新算准：{moved}，不会推后。"
    return waiting

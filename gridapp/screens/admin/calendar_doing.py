"""The form that is open on the page of the work calendar: a day, the week, or a year."""

from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.calendar_state import CalendarState, read_year
from gridapp.screens.admin.forming import FormFacts, said
from gridapp.screens.admin.once import do_once, quiet, said_from, today_of
from gridapp.screens.admin.year_shown import WEEKDAYS
from gridapp.screens.kit.changes import ChangeRow, cancel_once, read_changes
from gridapp.screens.session import SessionState
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.calendar.change_week import WEEK_KEY

_SPANS: Final = (("a", "上午"), ("b", "下午"), ("c", "晚上"))
_KEPT: Final = {"holiday": "这天休息", "make_up": "这天上班", "usual": "这天照每周安排"}


class CalendarFormState(SessionState):
    """A form. Its deed's id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    busy: bool = False
    subject: str = ""
    day_words: str = ""
    values: dict[str, str] = {}
    today: str = ""
    changes: list[ChangeRow] = []
    _uid: str = ""
    _version: int | None = None

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_day(self, on: str) -> None:
        """Open the form of a day that is still to come."""
        page = await self.get_state(CalendarState)
        found = [day for month in page.months for day in month.days if day.on == on and on]
        if found and found[0].may_change:
            self.day_words = found[0].said
            await self._begin(Deed.CHANGE_DAY, on, RuleKind.DAY)

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_week(self) -> None:
        """Open the form of the week."""
        page = await self.get_state(CalendarState)
        self.values = _week_values(page.week_told)
        await self._begin(Deed.CHANGE_WEEK, WEEK_KEY, RuleKind.WEEK)
        self._version = page._week_version  # noqa: SLF001 - its own page's

    @rx.event
    @allow(*RULE_KEEPERS)
    async def open_year(self) -> None:
        """Show the year that is missing, and ask whether it is taken in."""
        page = await self.get_state(CalendarState)
        page.year = page.missing_year
        await read_year(page)
        await self._begin(Deed.LOAD_YEAR, str(page.missing_year), None)
        self.label = f"载入{page.missing_year}年的放假安排"

    async def _begin(self, deed: Deed, subject: str, kind: RuleKind | None) -> None:
        await quiet(self)
        self.subject, self.label, self._uid = subject, DEED[deed], str(uuid4())
        self._version, self.today = None, await today_of(self)
        self.changes = await read_changes(self, kind, subject) if kind else []
        self.deed = deed.value

    @rx.event
    @allow(*RULE_KEEPERS)
    async def close_form(self) -> None:
        """Put the form away."""
        await quiet(self)
        self.deed = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def submit_day(self, form: FormFacts) -> None:
        """Change the day whose form is open."""
        if self.deed == Deed.CHANGE_DAY:
            kind = said(form, "kind")
            facts = {"on": self.subject, "kind": kind, "words": said(form, "words")}
            await self._do("", facts, f"已改好：{_KEPT.get(kind, '')}。已经答应的期限不变。")

    @rx.event
    @allow(*RULE_KEEPERS)
    async def submit_week(self, form: FormFacts) -> None:
        """Change the week from a day on."""
        if self.deed == Deed.CHANGE_WEEK:
            on = said(form, "from_on")
            facts: dict[str, Any] = {"week": _week(form)} | ({"from_on": on} if on else {})
            await self._do("", facts, f"上班时间已保存，{said_from(on, self.today)}生效。")

    @rx.event
    @allow(*RULE_KEEPERS)
    async def load_year(self) -> None:
        """Take the year in: from the kept package, or as it was entered by hand."""
        if self.deed == Deed.LOAD_YEAR:
            page = await self.get_state(CalendarState)
            facts = {"year": page.missing_year, "by": "package" if page.is_published else "hand"}
            await self._do("", facts, f"{page.missing_year}年的放假安排已载入。")

    @rx.event
    @allow(*RULE_KEEPERS)
    async def cancel(self, change_id: int) -> None:
        """Cancel a change of the week that lies ahead."""
        await quiet(self)
        if await cancel_once(self, change_id):
            page = await self.get_state(CalendarState)
            await read_year(page)
            self._version = page._week_version  # noqa: SLF001 - its own page's
            self.changes = await read_changes(self, RuleKind.WEEK, WEEK_KEY)

    async def _do(self, subject: str, facts: dict[str, Any], words: str) -> None:
        if self.busy:
            return
        self.busy = True
        done = await do_once(self, Deed(self.deed), subject, facts, self._version, self._uid)
        if done is not None:
            page = await self.get_state(CalendarState)
            await read_year(page)
            page.said, self.deed = words, ""
        self.busy = False


def _week_values(told: list[list[list[str]]]) -> dict[str, str]:
    """Give what the fields of the week begin with: for each day up to three spans."""
    values: dict[str, str] = {}
    for day in range(len(WEEKDAYS)):
        spans = [*(told[day] if day < len(told) else []), ["", ""], ["", ""], ["", ""]]
        for (span, _), (opens, closes) in zip(_SPANS, spans, strict=False):
            values |= {f"d{day}{span}1": opens, f"d{day}{span}2": closes}
    return values


def _week(form: FormFacts) -> list[list[list[str]]]:
    """Read the week; a span with one end alone is sent as it is, and refused with its reason."""
    week = []
    for day in range(len(WEEKDAYS)):
        ends = [(said(form, f"d{day}{s}1")[:5], said(form, f"d{day}{s}2")[:5]) for s, _ in _SPANS]
        week.append([[opens, closes] for opens, closes in ends if opens or closes])
    return week

"""What the own grids tell their residents, with the way to post and to take down: ``/notices``."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import PRODUCT, entered, event_of, greet, notice_bar, staff_tabs
from gridapp.screens.who import NOTICE_POSTERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.notices.lists import NoticeView, grids_to_tell, list_notices
from gridapp.services.orders import Order, uid_of
from gridapp.ui.blanks import empty
from gridapp.ui.fields import Choice, choice_field, day_field, line_field, words_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.offline import field_shell
from gridapp.ui.sheet import sheet

_TITLE: Final = "社区通知"
_WHAT: Final = "发出后，本网格和下级网格的居民在首页看到，到期自动撤下。请不要写个人信息。"
_POST: Final = "发通知"
_TAKE_DOWN: Final = "撤下"
_TAKE_DOWN_WHAT: Final = "居民将不再看到这条通知。要恢复，需要重新发。"
_NONE: Final = "还没有通知"
_NONE_WHY: Final = "停水、消毒、办证时间这类事，发在这里，居民打开首页就能看到。"
_HELD_DAYS: Final = 7


@dataclass(frozen=True)
class NoticeRow:
    """A notice as a cell shows it."""

    id: int
    version: int
    title: str
    words: str
    when: str
    until: str
    hangs: bool


class NoticesState(SessionState):
    """The list, and the sheet that is open; its deed's id is made when the sheet opens."""

    is_ready: bool = False
    rows: list[NoticeRow] = []
    grids: list[Choice] = []
    until_on: str = ""
    is_posting: bool = False
    taking_down: int = 0
    said: str = ""
    _uid: str = ""

    @rx.event
    @allow(*NOTICE_POSTERS)
    async def load(self) -> None:
        """Open the list."""
        await greet(self)
        self.said = ""
        await self._close()
        await read_notices(self)

    @rx.event
    @allow(*NOTICE_POSTERS)
    async def open_form(self) -> None:
        """Open the form of a new notice."""
        found = await look(self, _form_facts)
        if found is None:
            return
        await self._close()
        self.until_on, grids = found
        self.grids = [Choice(code, name) for code, name in grids]
        self._uid, self.is_posting = str(uuid4()), True

    @rx.event
    @allow(*NOTICE_POSTERS)
    async def open_take_down(self, notice_id: int) -> None:
        """Ask once before a notice is taken down."""
        await self._close()
        self._uid, self.taking_down = str(uuid4()), notice_id

    @rx.event
    @allow(*NOTICE_POSTERS)
    async def close_sheet(self) -> None:
        """Put the sheet away."""
        await self._close()

    @rx.event
    @allow(*NOTICE_POSTERS)
    async def post(self, form: dict[str, Any]) -> None:
        """Post what stands in the form; a refusal leaves it open with all that was typed."""
        if not self.is_posting:
            return
        facts = {name: str(form.get(name, "")) for name in ("grid", "title", "words", "until_on")}
        done = await do(self, do_deed, Order(Deed.POST_NOTICE, facts=facts, uid=uid_of(self._uid)))
        await self._after(done, f"已发出：{facts['title'].strip()}")

    @rx.event
    @allow(*NOTICE_POSTERS)
    async def take_down(self) -> None:
        """Take the notice down."""
        row = next((one for one in self.rows if one.id == self.taking_down), None)
        if row is None:
            return
        order = Order(
            Deed.TAKE_DOWN_NOTICE, str(row.id), version=row.version, uid=uid_of(self._uid)
        )
        done = await do(self, do_deed, order)
        await self._after(done, f"已撤下：{row.title}")

    async def _after(self, done: Done | None, said: str) -> None:
        if done is not None:
            await self._close()
            self.said = said
        await read_notices(self)

    async def _close(self) -> None:
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.is_posting, self.taking_down = False, 0


def _form_facts(act: Act) -> tuple[str, tuple[tuple[str, str], ...]]:
    until_on = beijing_date(act.now) + timedelta(days=_HELD_DAYS)
    return until_on.isoformat(), grids_to_tell(act)


async def read_notices(page: NoticesState) -> None:
    """Read the list anew."""
    found = await look(page, list_notices)
    if found is None:
        return
    page.rows = [_row(view) for view in found]
    page.is_ready = True


def _row(view: NoticeView) -> NoticeRow:
    return NoticeRow(
        id=view.id, version=view.version, title=view.title, words=view.words,
        when=f"{view.grid}，{view.posted_words}", until=view.until_words, hangs=view.hangs,
    )  # fmt: skip


def _cell(row: NoticeRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.title, class_name="cell-meaning"),
            rx.el.p(row.words, class_name="cell-context kept-lines"),
            rx.el.p(row.when, class_name="cell-context"),
            rx.el.p(row.until, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.cond(
            row.hangs,
            rx.el.button(
                _TAKE_DOWN,
                type="button",
                aria_label=f"{_TAKE_DOWN}：{row.title}",
                on_click=event_of(NoticesState.open_take_down, row.id),
                class_name="button plain short",
            ),
        ),
        key=row.id.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _notices() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        rx.el.p(NoticesState.said, role="status", class_name="note"),
        rx.cond(
            NoticesState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(NoticesState.rows, _cell), aria_label=_TITLE, class_name="cells"),
            empty(_NONE, _NONE_WHY),
        ),
    )


def _post_sheet() -> rx.Component:
    return sheet(
        _POST,
        notice_bar(),
        rx.el.form(
            choice_field("grid", "发给哪里", NoticesState.grids, is_first=True),
            line_field("title", "标题", needed=True, help_words="不超过40个字。"),
            words_field("words", "内容", needed=True, help_words="写明时间、地点、怎么办。"),
            day_field(
                "until_on", "挂到哪一天", default=NoticesState.until_on, needed=True,
                help_words="含当天，最长180天。",
            ),
            rx.el.button(_POST, type="submit", class_name="button primary"),
            on_submit=NoticesState.post,
            class_name="form",
        ),
        on_close=NoticesState.close_sheet,
    )  # fmt: skip


def _take_down_sheet() -> rx.Component:
    return sheet(
        _TAKE_DOWN,
        notice_bar(),
        rx.el.p(_TAKE_DOWN_WHAT),
        rx.el.button(
            f"确认{_TAKE_DOWN}",
            type="button",
            on_click=NoticesState.take_down,
            class_name="button grave",
        ),
        on_close=NoticesState.close_sheet,
    )


@rx.page(route="/notices", title=f"{_TITLE} · {PRODUCT}", on_load=NoticesState.load)
def notices() -> rx.Component:
    """Show what is told to residents."""
    return staff_frame(
        entered(_notices, is_ready=NoticesState.is_ready),
        head=top_bar(_TITLE, back="/me"),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs("/me"),
        bottom=rx.cond(
            NoticesState.is_ready,
            rx.el.button(
                _POST, type="button", on_click=NoticesState.open_form, class_name="button primary"
            ),
        ),
        over=rx.fragment(
            rx.cond(NoticesState.is_posting, _post_sheet()),
            rx.cond(NoticesState.taking_down > 0, _take_down_sheet()),
        ),
        is_covered=NoticesState.is_posting | (NoticesState.taking_down > 0),
    )

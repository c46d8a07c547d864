"""What is blocked in the own street, with its reason and the way to lift it: ``/desk/blocks``."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import BLOCK_KIND
from gridapp.domain.vocabulary import BlockKind, Deed
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import PRODUCT, entered, event_of, greet, notice_bar, staff_tabs
from gridapp.screens.who import BLOCKERS
from gridapp.services.blocks.lists import BlockView, count_held, list_blocks
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.ui.blanks import empty
from gridapp.ui.fields import words_field
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.sheet import sheet

_TITLE: Final = "屏蔽名单"
_WHAT: Final = (
    "名单里的上报照常收下，放进「待甄别」，放行或受理后才发短信，也才能对外公开。到期自动失效。"
)
_LIFT: Final = "解除屏蔽"
_NONE: Final = "没有屏蔽任何上报"
_NONE_WHY: Final = "遇到恶意上报，打开那件事，在「更多操作」里选择屏蔽。"


@dataclass(frozen=True)
class BlockRow:
    """A block as a cell shows it."""

    id: int
    version: int
    kind: str
    label: str
    reason: str
    when: str
    lifted: str
    stands: bool


class BlocksState(SessionState):
    """The list, and the block that is being lifted; its deed's id is made when the form opens."""

    is_ready: bool = False
    rows: list[BlockRow] = []
    held_words: str = ""
    lifting: int = 0
    said: str = ""
    _uid: str = ""

    @rx.event
    @allow(*BLOCKERS)
    async def load(self) -> None:
        """Open the list."""
        await greet(self)
        self.lifting, self.said = 0, ""
        await read_blocks(self)

    @rx.event
    @allow(*BLOCKERS)
    async def open_lift(self, block_id: int) -> None:
        """Ask why one is lifted."""
        if any(row.id == block_id and row.stands for row in self.rows):
            self.lifting, self._uid, self.said = block_id, str(uuid4()), ""

    @rx.event
    @allow(*BLOCKERS)
    async def close_lift(self) -> None:
        """Put the form away."""
        self.lifting = 0

    @rx.event
    @allow(*BLOCKERS)
    async def lift(self, form: dict[str, str]) -> None:
        """Lift the block whose form is open; a second tap finds it closed."""
        row = next((row for row in self.rows if row.id == self.lifting), None)
        if row is None:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        done = await do(self, _lift, row, str(form.get("words", "")), self._uid)
        await read_blocks(self)
        if done is not None:
            self.lifting, self.said = 0, f"已解除：{row.label}"


def _lift(act: Act, row: BlockRow, words: str, uid: str) -> Done:
    facts = {"words": words.strip()}
    order = Order(Deed.UNBLOCK, str(row.id), facts, version=row.version, uid=uid_of(uid))
    return do_deed(act, order)


async def read_blocks(page: BlocksState) -> None:
    """Read the list anew."""
    found = await look(page, list_blocks)
    if found is None:
        return
    page.rows = [_row(view) for view in found]
    held = await look(page, count_held) or 0
    page.held_words = f"现在有{held}件上报待甄别。" if held else ""
    page.is_ready = True


def _row(view: BlockView) -> BlockRow:
    return BlockRow(
        id=view.id, version=view.version, kind=BLOCK_KIND[BlockKind(view.kind)], label=view.label,
        reason=view.reason, when=f"{view.made_words}，{view.ends_words}",
        lifted=view.lifted_words, stands=view.stands,
    )  # fmt: skip


def _cell(row: BlockRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.label, class_name="cell-meaning"),
            rx.el.p("理由：", row.reason, class_name="cell-context"),
            rx.el.p(row.when, class_name="cell-context"),
            rx.cond(row.lifted != "", rx.el.p(row.lifted, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.cond(
            row.stands,
            rx.el.button(
                _LIFT,
                type="button",
                aria_label=f"{_LIFT}：{row.label}",
                on_click=event_of(BlocksState.open_lift, row.id),
                class_name="button plain short",
            ),
            rx.el.span(rx.cond(row.lifted != "", "已解除", "已到期"), class_name="cell-state"),
        ),
        key=row.id.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="cell",
    )


def _blocks() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(_WHAT, class_name="note"),
        rx.el.p(BlocksState.held_words, BlocksState.said, role="status", class_name="note"),
        rx.cond(
            BlocksState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(rx.foreach(BlocksState.rows, _cell), aria_label=_TITLE, class_name="cells"),
            empty(_NONE, _NONE_WHY),
        ),
    )


def _lift_sheet() -> rx.Component:
    return rx.cond(
        BlocksState.lifting > 0,
        sheet(
            _LIFT,
            notice_bar(),
            rx.el.form(
                words_field("words", "理由", needed=True, help_words="至少4个字。", is_first=True),
                rx.el.button(f"确认{_LIFT}", type="submit", class_name="button primary"),
                on_submit=BlocksState.lift,
                class_name="form",
            ),
            on_close=BlocksState.close_lift,
        ),
    )


@rx.page(route="/desk/blocks", title=f"{_TITLE} · {PRODUCT}", on_load=BlocksState.load)
def blocks() -> rx.Component:
    """Show what is blocked."""
    return staff_frame(
        entered(_blocks, is_ready=BlocksState.is_ready),
        head=top_bar(_TITLE, back="/me"),
        tabs=staff_tabs("/me"),
        over=_lift_sheet(),
        is_covered=BlocksState.lifting > 0,
    )

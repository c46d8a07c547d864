"""The administrators' first page, ``/admin``: what there is to keep right."""

from typing import Final

import reflex as rx

from gridapp.guard.allow import allow_signed_in
from gridapp.screens.admin.sections import Section, sections_of
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.services.diskwatch import disk_words
from gridapp.ui.blanks import empty
from gridapp.ui.cells import link_cell
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "管理"
_NONE: Final = "这里没有您要管理的内容"
_NONE_WHY: Final = "岗位有变动时，请联系街道的系统管理员。"


class AdminState(SessionState):
    """The pages that are open to the reader."""

    is_ready: bool = False
    sections: list[Section] = []
    disk_words: str = ""

    @rx.event
    @allow_signed_in
    async def load(self) -> None:
        """Open the page."""
        self.sections = sections_of(await greet(self))
        self.disk_words = await look(self, disk_words) or ""
        self.is_ready = True


def _sections() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.cond(
            AdminState.disk_words != "",
            rx.el.p(AdminState.disk_words, role="status", class_name="notice error"),
        ),
        rx.cond(
            AdminState.sections.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.nav(
                rx.foreach(
                    AdminState.sections,
                    lambda section: link_cell(section.label, section.hint, section.href),
                ),
                aria_label=_TITLE,
                class_name="cells",
            ),
            empty(_NONE, _NONE_WHY),
        ),
    )


@rx.page(route="/admin", title=f"{_TITLE} · {PRODUCT}", on_load=AdminState.load)
def admin() -> rx.Component:
    """Show what there is to manage."""
    return staff_frame(
        entered(_sections, is_ready=AdminState.is_ready),
        head=top_bar(_TITLE),
        tabs=staff_tabs("/admin"),
    )

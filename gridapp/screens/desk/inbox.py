"""The inbox of the operations centre: ``/desk``."""

import reflex as rx

from gridapp.screens.cases.inbox import InboxState
from gridapp.screens.desk.listing import inbox_list
from gridapp.screens.staff import PRODUCT, entered, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE = "事件"


def _inbox() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.div(
            inbox_list(),
            rx.el.div(
                empty("还没有打开事件", "从列表里点一件，在这里查看和办理。"),
                class_name="card wide-only",
            ),
            class_name="split",
        ),
    )


@rx.page(route="/desk", title=f"{_TITLE} · {PRODUCT}", on_load=InboxState.load)
def inbox() -> rx.Component:
    """Show the inbox."""
    return staff_frame(
        entered(_inbox, is_ready=InboxState.is_ready),
        head=top_bar(_TITLE),
        tabs=staff_tabs("/desk"),
        is_wide=True,
    )

"""One case at the desk, the inbox beside it where there is room: ``/desk/case?no=``."""

import reflex as rx

from gridapp.screens.cases.detail import case_actions, case_detail, is_case_covered, over_case
from gridapp.screens.cases.inbox import InboxState
from gridapp.screens.cases.state import CaseState
from gridapp.screens.desk.listing import inbox_list
from gridapp.screens.staff import PRODUCT, entered, staff_tabs
from gridapp.ui.frame import staff_frame, top_bar

_TITLE = "事件"


def _beside() -> rx.Component:
    return rx.el.div(
        rx.el.div(inbox_list(CaseState.case.no), class_name="wide-only"),
        rx.el.div(case_detail(), class_name="stack"),
        class_name="split",
    )


@rx.page(route="/desk/case", title=f"{_TITLE} · {PRODUCT}", on_load=InboxState.load_beside)
def desk_case() -> rx.Component:
    """Show one case with what may be done on it."""
    return staff_frame(
        entered(_beside, is_ready=CaseState.shown | CaseState.missing),
        head=top_bar(_TITLE, back="/desk"),
        tabs=staff_tabs("/desk"),
        bottom=case_actions(),
        over=over_case(),
        is_covered=is_case_covered(),
        is_wide=True,
    )

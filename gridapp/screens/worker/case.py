"""One case for those who do the work: ``/worker/case?no=``."""

import reflex as rx

from gridapp.screens.cases.detail import case_actions, case_detail, is_case_covered, over_case
from gridapp.screens.cases.state import CaseState
from gridapp.screens.staff import PRODUCT, entered, staff_tabs
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.offline import INSTALLABLE, field_shell

_TITLE = "事件"


@rx.page(
    route="/worker/case", title=f"{_TITLE} · {PRODUCT}", meta=INSTALLABLE, on_load=CaseState.load
)
def worker_case() -> rx.Component:
    """Show one case with what may be done on it."""
    return staff_frame(
        entered(case_detail, is_ready=CaseState.shown | CaseState.missing),
        head=top_bar(_TITLE, back="/worker"),
        shell=field_shell(),
        tabs=staff_tabs("/worker"),
        bottom=case_actions(),
        over=over_case(),
        is_covered=is_case_covered(),
    )

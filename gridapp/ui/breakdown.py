"""What stands in a page's place when its script breaks, instead of Reflex's own notice."""

import reflex as rx
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary

from gridapp.ui.frame import bottom_bar

_TITLE = "页面出了点问题"
_LEAD = "问题已记录。重新打开后，如有没保存的内容，请再填一次。"
_REOPEN = "重新打开"


def _broken_page() -> rx.Component:
    return rx.el.div(
        rx.el.main(
            rx.el.h1(_TITLE),
            rx.el.p(_LEAD, class_name="lead"),
            class_name="page-body",
        ),
        # An empty address is the page itself, loaded anew.
        bottom_bar(rx.el.a(_REOPEN, href="", class_name="button primary")),
        class_name="page",
        role="alert",
    )


def page_boundary(*, stateful: bool) -> rx.Component:
    """Wrap every page, so that a broken one says so in plain Chinese.

    Args:
        stateful: Whether the app has a socket over which the breakage can be told.
    """
    handlers = {} if stateful else {"on_error": rx.noop()}
    render = ArgsFunctionOperation.create(("_broken",), rx.Var.create(_broken_page()))
    return ErrorBoundary.create(fallback_render=render, **handlers)

"""The frame of a staff page: bar above, content, one main action, tabs below or at the side."""

from dataclasses import dataclass

import reflex as rx

from gridapp.ui.icons import icon_of
from gridapp.ui.links import whole_page_link

_TABS = "主要页面"
_BACK = "返回"
_SKIP = "跳到正文"
_ACTIONS = "操作"
_MAIN = "main"


@dataclass(frozen=True)
class Tab:
    """One of at most four tabs."""

    label: str
    href: str
    icon: str


def top_bar(title: str, *, back: str | rx.Var[str] = "") -> rx.Component:
    """Show where one is, and the way back when there is one."""
    has_way = isinstance(back, rx.Var) or back != ""
    way = [rx.el.a(_BACK, href=back, class_name="top-bar-back")] if has_way else []
    return rx.el.header(*way, rx.el.h1(title, class_name="top-bar-title"), class_name="top-bar")


def tab_bar(tabs: list[Tab], here: str) -> rx.Component:
    """Show the tabs; the one of this page is marked."""
    return rx.el.nav(
        rx.foreach(
            tabs,
            lambda tab: rx.el.a(
                icon_of(tab.icon),
                tab.label,
                href=tab.href,
                aria_current=rx.cond(tab.href == here, "page", "false"),
                key=tab.href,
                class_name="tab",
            ),
        ),
        aria_label=_TABS,
        class_name="tab-bar",
    )


def bottom_bar(*actions: rx.Component) -> rx.Component:
    """Frame a page's main action, as a part of the page that can be gone to by name."""
    return rx.el.div(*actions, role="region", aria_label=_ACTIONS, class_name="bottom-bar")


def _skip() -> rx.Component:
    """Lead past bars to what the page is about; ``staff/opened.js`` moves the focus."""
    return whole_page_link(_SKIP, href=f"#{_MAIN}", class_name="skip")


def staff_frame(  # noqa: PLR0913 - a frame has as many sides as it has
    *content: rx.Component,
    head: rx.Component,
    tabs: rx.Component,
    bottom: rx.Component | None = None,
    shell: rx.Component | None = None,
    over: rx.Component | None = None,
    is_covered: bool = False,
    is_wide: bool = False,
) -> rx.Component:
    """Frame a staff page.

    Args:
        content: What the page is about.
        head: The bar above.
        tabs: The bar of tabs.
        bottom: The main action, in the thumb zone.
        shell: What waits on this phone, under the bar above; see ``ui.offline``.
        over: A sheet over the page.
        is_covered: Whether the sheet is open; the page then takes no focus and no taps.
        is_wide: Whether the page uses the width of a desk.
    """
    bar = [] if bottom is None else [bottom_bar(bottom)]
    waiting = [] if shell is None else [shell]
    look = "page-body wide" if is_wide else "page-body"
    page = rx.el.div(
        _skip(),
        head,
        *waiting,
        rx.el.main(*content, id=_MAIN, tab_index=-1, class_name=look),
        *bar,
        tabs,
        class_name="page tabbed",
        custom_attrs={"inert": is_covered},
    )
    return page if over is None else rx.fragment(page, over)

"""What every staff page shares: the tabs, the notice, and the door for whoever may not enter."""

from collections.abc import Callable
from typing import Any, Final

import reflex as rx

from gridapp.guard.middleware import actor_of_event
from gridapp.screens.session import SessionState
from gridapp.screens.who import role_words, tabs_of
from gridapp.services.desk import Actor
from gridapp.ui.blanks import empty, waiting_cells
from gridapp.ui.frame import Tab, tab_bar
from gridapp.ui.links import whole_page_link

PRODUCT: Final = "社区网格"
_SIGN_IN_TITLE: Final = "请先登录"
_SIGN_IN_WHY: Final = "登录已过期，或者还没有登录。登录后会回到这一页。"
_SIGN_IN: Final = "去登录"
_NOT_YOURS_TITLE: Final = "这个页面不归您的岗位使用"
_NOT_YOURS_WHY: Final = "岗位有变动时，请联系街道的系统管理员。"
_GO_HOME: Final = "回到我的页面"
_CHANGE_TITLE: Final = "首次登录，请先修改密码"
_CHANGE_WHY: Final = "修改后就可以使用全部功能。"
_CHANGE: Final = "修改密码"
_CLOSE: Final = "知道了"


class NavState(SessionState):
    """Who is here, for the tabs and the own page."""

    name: str = ""
    roles: str = ""
    tabs: list[Tab] = []


async def greet(state: rx.State) -> Actor:
    """Tell the page whose it is; gives the actor of the event."""
    actor = actor_of_event()
    nav = await state.get_state(NavState)
    if nav.name != actor.name or not nav.tabs:
        nav.name, nav.roles, nav.tabs = actor.name, role_words(actor), tabs_of(actor)
    session = await state.get_state(SessionState)
    session.notice = session.notice_code = ""
    return actor


def staff_tabs(here: str) -> rx.Component:
    """Show the tabs of whoever is here."""
    return tab_bar(NavState.tabs, here)


def sheet_refusal() -> rx.Component:
    """Show inside a sheet what was refused last; ``staff/sheet.js`` brings it into sight."""
    return rx.el.div(
        rx.cond(
            SessionState.notice != "",
            # Said twice it is drawn anew, and so noticed twice.
            rx.el.div(
                rx.el.p(SessionState.notice),
                key=f"{SessionState.notice_count}",
                class_name="notice error",
            ),
        ),
        role="alert",
    )


def notice_bar() -> rx.Component:
    """Show what was refused last, until it is put away."""
    return rx.el.div(
        rx.cond(
            SessionState.notice != "",
            rx.el.div(
                rx.el.p(SessionState.notice),
                rx.cond(
                    SessionState.notice_code == "session.needed",
                    whole_page_link(
                        _SIGN_IN, href=SessionState.sign_in_at, class_name="button short"
                    ),
                ),
                rx.el.button(
                    _CLOSE,
                    type="button",
                    on_click=SessionState.close_notice,
                    class_name="button plain short",
                ),
                key=f"{SessionState.notice_count}",
                class_name="notice error",
            ),
        ),
        role="alert",
        class_name="notice-place",
    )


def entered(page: Callable[[], rx.Component], *, is_ready: bool) -> rx.Component:
    """Show the page to whoever may enter, its waiting shape before, and else the way on."""
    return rx.cond(
        is_ready,
        page(),
        rx.match(
            SessionState.notice_code,
            ("session.needed", _sign_in_door()),
            ("session.password_change_needed", _change_door()),
            ("not_allowed", _wrong_role()),
            ("", waiting_cells()),
            notice_bar(),
        ),
    )


def _sign_in_door() -> rx.Component:
    return rx.fragment(
        # A whole page load: the sign-in page is none of Reflex, and sets a cookie for the socket.
        rx.el.meta(http_equiv="refresh", content=f"0;url={SessionState.sign_in_at}"),
        empty(
            _SIGN_IN_TITLE,
            _SIGN_IN_WHY,
            whole_page_link(_SIGN_IN, href=SessionState.sign_in_at, class_name="button short"),
        ),
    )


def _change_door() -> rx.Component:
    change = whole_page_link(_CHANGE, href="/password", class_name="button short")
    return empty(_CHANGE_TITLE, _CHANGE_WHY, change)


def _wrong_role() -> rx.Component:
    return empty(
        _NOT_YOURS_TITLE, _NOT_YOURS_WHY, rx.el.a(_GO_HOME, href="/me", class_name="button short")
    )


def event_of(handler: Any, *arguments: Any) -> Any:
    """Give a handler's event with arguments; Reflex's handlers are callable, its types are not."""
    return handler(*arguments)

"""Long work on a page: a bar, what is being done, how long still, and the buttons that fit.

``assets/staff/work.js`` fills it by asking the API, so that it stays right whatever becomes of the
page's socket: nothing of it is kept in a state.
"""

import json
from typing import Any, Final

import reflex as rx

_WORDS: Final = {
    "progress": "进度",
    "fetch": "下载",
    "cancel": "取消",
    "resume": "继续",
    "soon": "马上就好",
    "seconds": "大约还要 {} 秒",
    "minutes": "大约还要 {} 分钟",
    "kept": "文件保留到 {}",
    "unknown": "等待连接",
    "away": "暂时连不上，正在重新连接。任务到了哪一步，连上后就显示。",
    "signedOut": "登录已过期，请重新登录后再看。任务不受影响。",
    "gone": "没有找到这项任务，或已不在您的管辖范围内。",
}
_SCRIPT: Final = "/staff/work.js"


def work_card(uid: rx.Var[str] | str, unit: str) -> rx.Component:
    """Show a piece of own long work.

    Args:
        uid: The id it was asked for under.
        unit: What is counted, as ``页``.
    """
    told = {"data-work": uid, "data-unit": unit, "data-words": json.dumps(_WORDS)}
    return rx.el.div(custom_attrs=told, class_name="card work")


def work_watch(on_end: Any) -> rx.Component:
    """Fetch what fills the cards, and call an event when a piece of work has ended."""
    return rx.fragment(
        rx.el.script(src=_SCRIPT, type="module", custom_attrs={"async": True}),
        rx.el.button(
            type="button",
            hidden=True,
            on_click=on_end,
            custom_attrs={"data-work-ended": "true"},
        ),
    )

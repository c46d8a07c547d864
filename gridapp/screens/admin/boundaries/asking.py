"""The question before a deed that changes many boundaries, or takes one away."""

from typing import Final

import reflex as rx

from gridapp.screens.admin.boundaries.state import BoundariesState
from gridapp.ui.sheet import sheet

_SKETCH: Final = (
    "生成示意图",
    (
        "按楼栋的位置，给这个网格和它下面没有边界的网格画出大致的范围，标为「示意图」。"
        "导入或手绘的边界不会改动。以后可以撤销。"
    ),
)
_REMOVE: Final = ("删除边界", "只删除这个网格的边界，以前的版本还在。")
_UNDO: Final = ("撤销", "这一批网格的边界全部恢复到导入以前的样子。")


def _question(words: tuple[str, str], look: str) -> rx.Component:
    title, body = words
    return sheet(
        title,
        rx.el.p(body),
        rx.el.button(
            f"确认{title}", type="button", on_click=BoundariesState.confirm,
            class_name=f"button {look}",
        ),
        on_close=BoundariesState.close,
    )  # fmt: skip


def ask_sheet() -> rx.Component:
    """Show the question that is open, over the page."""
    return rx.match(
        BoundariesState.asking,
        ("", rx.fragment()),
        ("sketch", _question(_SKETCH, "primary")),
        ("remove", _question(_REMOVE, "grave")),
        _question(_UNDO, "grave"),
    )

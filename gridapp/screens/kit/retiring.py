"""Takes something out of use after saying what hangs on it, and back into use."""

from typing import Any, Final

import reflex as rx

_RESTORE: Final = "重新启用"
_REALLY: Final = "确认停用"
_KEEP: Final = "不停用"


def retire_part(form: Any, word: str) -> rx.Component:
    """Show the button that asks, then the question, or the way back.

    Args:
        form: The page's state (``RulePageState``).
        word: What the button says that asks.
    """
    return rx.cond(
        form.open.is_retired,
        _act(form, _RESTORE, form.retire, "button short"),
        rx.cond(
            form.retire_asked != "",
            rx.el.div(
                rx.el.p(form.retire_asked, role="alert", class_name="notice"),
                rx.el.div(
                    _act(form, _REALLY, form.retire, "button grave short"),
                    _act(form, _KEEP, form.keep_it, "button short", has_focus=True),
                    class_name="buttons",
                ),
                class_name="stack",
            ),
            _act(form, word, form.ask_retire, "button grave short"),
        ),
    )


def _act(form: Any, label: str, event: Any, looks: str, *, has_focus: bool = False) -> rx.Component:
    # The button that was pressed is gone: whoever works by keyboard goes on at the safe answer.
    return rx.el.button(
        label, type="button", disabled=form.busy, auto_focus=has_focus, on_click=event,
        class_name=looks,
    )  # fmt: skip

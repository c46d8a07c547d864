"""The history of a rule under its form: what is still to come can be cancelled."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

import reflex as rx

from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.screens.session import do, look
from gridapp.screens.staff import event_of
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.rules.history import ChangeView, list_changes
from gridapp.ui.asked import asked

_TITLE: Final = "修改记录"
_AHEAD: Final = "待生效"
_CANCELLED: Final = "已取消"
_CANCEL: Final = "取消这项修改"
_CANCEL_WHAT: Final = "到那天不改，照现在的继续。取消后不能恢复，要改就再填一次。"
_CANCEL_REALLY: Final = "确认取消"
_NONE: Final = "还没有改过，这是系统自带的内容。"
# Of one change there is one cancellation: a second tap asks for the same deed again.
_CANCELLATIONS: Final = UUID("5f2c1c9e-6f0e-4a57-9a63-0b7f4f4f7a11")


@dataclass(frozen=True)
class ChangeRow:
    """A change as the list shows it."""

    id: int
    what: list[str]
    when: str
    who: str
    cancelled: str
    is_ahead: bool


async def read_changes(state: rx.State, kind: RuleKind, key: str) -> list[ChangeRow]:
    """Read the history of a rule."""
    return [_row(view) for view in await look(state, list_changes, kind, key) or ()]


async def cancel_once(state: rx.State, change_id: int) -> bool:
    """Cancel a change that lies ahead; tells whether it is cancelled."""
    return await do(state, _cancel, change_id) is not None


def _cancel(act: Act, change_id: int) -> Done:
    uid = uuid5(_CANCELLATIONS, str(change_id))
    return do_deed(act, Order(Deed.CANCEL_CHANGE, str(change_id), uid=uid))


def _row(view: ChangeView) -> ChangeRow:
    return ChangeRow(
        id=view.id, what=list(view.what), when=view.from_words, who=view.made_words,
        cancelled=view.cancelled_words, is_ahead=view.state == "ahead",
    )  # fmt: skip


def changes_part(rows: list[ChangeRow], on_cancel: Any) -> rx.Component:
    """Show the history, the latest first, with a way to cancel what lies ahead."""
    return rx.el.section(
        rx.el.h3(_TITLE, class_name="changes-title"),
        rx.cond(
            rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ol(
                rx.foreach(rows, lambda row: _change(row, on_cancel)),
                class_name="changes plain-list",
            ),
            rx.el.p(_NONE, class_name="quiet small"),
        ),
    )


def _change(row: ChangeRow, on_cancel: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            row.when,
            rx.cond(
                row.is_ahead & (row.cancelled == ""), rx.el.span(_AHEAD, class_name="badge blue")
            ),
            rx.cond(row.cancelled != "", rx.el.span(_CANCELLED, class_name="badge")),
            class_name="row change-when",
        ),
        rx.el.ul(
            rx.foreach(row.what, lambda words: rx.el.li(words)),  # noqa: PLW0108 - a component of each
            class_name="plain-list",
        ),
        rx.el.p(
            row.who,
            rx.cond(row.cancelled != "", f"，{row.cancelled}", ""),
            class_name="quiet small",
        ),
        rx.cond(
            row.is_ahead & (row.cancelled == ""),
            asked(_CANCEL, _CANCEL_WHAT, _CANCEL_REALLY, event_of(on_cancel, row.id)),
        ),
        key=row.id.to_string(),  # type: ignore[attr-defined]  # a Var at run time
        class_name="change",
    )

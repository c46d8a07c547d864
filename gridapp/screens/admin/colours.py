"""Care colours and reasons to visit: ``/admin/colours``."""

from typing import Final

import reflex as rx

from gridapp.domain.caring import HUE, SHAPE
from gridapp.domain.labels import DEED
from gridapp.domain.visiting import INTERVAL_MAX_DAYS
from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.changes import changes_part
from gridapp.screens.admin.colour_doing import ColourFormState as Form
from gridapp.screens.admin.colour_state import ColourRow, ColoursState, KindRow
from gridapp.screens.admin.parts import (
    ahead_badge,
    example_badge,
    from_day,
    line,
    number,
    refusal,
    save_button,
    select,
)
from gridapp.screens.admin.retiring import retire_part
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.fields import Choice
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.sheet import sheet

_TITLE: Final = "关爱颜色与走访类别"
_COLOURS: Final = "九色"
_COLOURS_WHAT: Final = (
    "只有工作人员看得到。哪种颜色代表哪些家庭由街道自己定；标「示例」的是系统自带的，可以改。"
)
_KINDS: Final = "走访类别"
_KINDS_WHAT: Final = "网格员登记联系户、记走访时选用。间隔是建议，不作考核。"
_INTERVAL_HELP: Final = "填0表示有需要时再去。"
_FROM_HELP: Final = "从这一天起按新的内容，已经排好的走访日期不变。"
_HUES: Final = [Choice(hue.value, f"{label}色") for hue, label in HUE.items()]
_SHAPES: Final = [Choice(shape.value, f"{sign} {label}") for shape, (sign, label) in SHAPE.items()]


def _edit(deed: Deed, code: rx.Var[str] | str, of: rx.Var[str] | str) -> rx.Component:
    return rx.el.button(
        "修改",
        type="button",
        aria_label=f"修改：{of}",
        on_click=event_of(Form.open_form, deed.value, code),
        class_name="button plain short",
    )


def _marks(row: ColourRow | KindRow) -> list[rx.Component]:
    return [
        example_badge(is_example=row.is_example),
        rx.cond(row.is_retired, rx.el.span("已停用", class_name="badge")),
        ahead_badge(row.ahead),
    ]


def _colour(row: ColourRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.sign, aria_hidden="true", class_name="swatch-sign"),
            rx.el.span(row.word, class_name="swatch-word"),
            title=row.looks,
            class_name=f"swatch {row.hue}",
        ),
        rx.el.div(
            rx.el.p(row.meaning, *_marks(row), class_name="cell-meaning row"),
            rx.el.p(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        _edit(Deed.CHANGE_COLOUR, row.code, row.word),
        key=row.code,
        class_name="cell",
    )


def _kind(row: KindRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.name, *_marks(row), class_name="cell-meaning row"),
            rx.el.p(row.interval, class_name="cell-context"),
            class_name="cell-text",
        ),
        _edit(Deed.CHANGE_VISIT_KIND, row.code, row.name),
        key=row.code,
        class_name="cell",
    )


def _colours() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.p(ColoursState.said, role="status", class_name="said"),
        rx.el.div(
            rx.el.section(
                rx.el.h2(_COLOURS),
                rx.el.p(_COLOURS_WHAT, class_name="quiet small"),
                rx.el.ul(
                    rx.foreach(ColoursState.colours, _colour),
                    aria_label=_COLOURS,
                    class_name="cells",
                ),
                class_name="stack",
            ),
            rx.el.section(
                rx.el.h2(_KINDS),
                rx.el.p(_KINDS_WHAT, class_name="quiet small"),
                rx.el.ul(
                    rx.foreach(ColoursState.kinds, _kind), aria_label=_KINDS, class_name="cells"
                ),
                class_name="stack",
            ),
            class_name="columns",
        ),
    )


def _interval() -> rx.Component:
    return number(
        "interval_days", "多少天走访一次", Form.values["interval_days"], _INTERVAL_HELP,
        INTERVAL_MAX_DAYS,
    )  # fmt: skip


def _form(*fields: rx.Component) -> rx.Component:
    return rx.el.form(
        *fields,
        from_day(Form.today, _FROM_HELP),
        save_button(is_busy=Form.busy),
        on_submit=Form.submit,
        class_name="form",
    )


def _more() -> rx.Component:
    return rx.fragment(
        rx.el.div(retire_part(Form, "停用", Form.keep), class_name="stack apart"),
        changes_part(Form.changes, Form.cancel),
    )


def _colour_form() -> rx.Component:
    return rx.el.div(
        _form(
            line("word", "标签", Form.values["word"], needed=True, longest=4),
            line("meaning", "代表哪些家庭", Form.values["meaning"], needed=True),
            rx.el.div(
                select("hue", "颜色", _HUES, Form.values["hue"]),
                select("shape", "形状", _SHAPES, Form.values["shape"]),
                class_name="two-up",
            ),
            _interval(),
            line("triggers", "遇到什么情形必访，用顿号分开", Form.values["triggers"], longest=120),
        ),
        _more(),
        class_name="stack",
    )


def _kind_form() -> rx.Component:
    return _form(line("name", "名称", Form.values["name"], needed=True), _interval())


def _sheet() -> rx.Component:
    return rx.cond(
        Form.deed != "",
        sheet(
            Form.label,
            refusal(),
            rx.match(
                Form.deed,
                (Deed.CHANGE_COLOUR.value, _colour_form()),
                (Deed.ADD_VISIT_KIND.value, _kind_form()),
                (
                    Deed.CHANGE_VISIT_KIND.value,
                    rx.el.div(_kind_form(), _more(), class_name="stack"),
                ),
                rx.fragment(),
            ),
            on_close=Form.close_form,
        ),
    )


def _add() -> rx.Component:
    return rx.el.button(
        DEED[Deed.ADD_VISIT_KIND],
        type="button",
        on_click=event_of(Form.open_form, Deed.ADD_VISIT_KIND.value, ""),
        class_name="button primary",
    )


@rx.page(route="/admin/colours", title=f"{_TITLE} · {PRODUCT}", on_load=ColoursState.load)
def colours() -> rx.Component:
    """Show care colours and reasons to visit to their keepers."""
    return staff_frame(
        entered(_colours, is_ready=ColoursState.is_ready),
        head=top_bar(_TITLE, back="/admin"),
        tabs=staff_tabs("/admin"),
        bottom=rx.cond(ColoursState.is_ready, _add()),
        over=_sheet(),
        is_covered=Form.deed != "",
        is_wide=True,
    )

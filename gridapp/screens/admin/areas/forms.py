"""The sheet over a grid's page: what is filled in, and what it would do."""

from collections.abc import Callable
from typing import Final

import reflex as rx

from gridapp.domain.focusing import FOCUS_KIND, FOCUS_STATE
from gridapp.domain.labels import DEED, GRID_KIND
from gridapp.domain.vocabulary import Deed
from gridapp.screens.admin.areas.doing import AreaFormState, CountRow
from gridapp.screens.admin.areas.inputs import (
    NO_TARGETS,
    PART_WORDS,
    line,
    radios,
    sorted_things,
    ticks,
    words,
)
from gridapp.screens.admin.areas.telling import PARTS
from gridapp.screens.staff import event_of, sheet_refusal
from gridapp.ui.fields import Choice, choice_field
from gridapp.ui.sheet import sheet

_WAS = AreaFormState.was
_GRAVE: Final = (Deed.RETIRE_AREA, Deed.MERGE_AREAS)
_KINDS: Final = [Choice(kind.value, label) for kind, label in GRID_KIND.items()]
_CODE_HELP: Final = "不填就自动编号。"


def open_button(
    deed: Deed,
    key: rx.Var[str] | str = "",
    look: str = "",
    label: str = "",
    named: rx.Var[str] | str = "",
) -> rx.Component:
    """Show the button that opens a deed's form."""
    words = label or DEED[deed]
    return rx.el.button(
        words,
        type="button",
        aria_label=named or words,
        on_click=event_of(AreaFormState.open_form, deed.value, key),
        class_name=look or "button plain short",
    )


def _split() -> list[rx.Component]:
    first, *others = [
        line(f"name{number}", f"新网格{word}的名称", needed=number == PARTS[0])
        for number, word in PART_WORDS.items()
    ]
    return [
        first,
        rx.el.details(
            rx.el.summary("一次分出两个或三个"),
            rx.el.div(*others, class_name="form"),
            class_name="fold",
        ),
        sorted_things(),
        rx.el.label(
            rx.el.input(type="checkbox", name="keep_people", default_checked=True),
            rx.el.span("原有的人同时负责新网格"),
            class_name="check row",
        ),
    ]


def _fields(deed: Deed) -> list[rx.Component]:
    if deed is Deed.ADD_AREA:
        return [
            choice_field("level", "层级", AreaFormState.levels),
            choice_field("kind", "类型", _KINDS),
            line("name", "名称", needed=True),
            line("code", "编码", help_words=_CODE_HELP, most=32),
        ]
    if deed is Deed.RENAME_AREA:
        return [
            line("name", "名称", _WAS.name, needed=True),
            line("code", "编码", _WAS.code, needed=True, most=32),
            choice_field("kind", "类型", AreaFormState.kinds, chosen=_WAS.kind),
        ]
    return _FORMS[deed]()


def _focus() -> list[rx.Component]:
    kinds = [Choice(kind.value, label) for kind, label in FOCUS_KIND.items()]
    states = [Choice(state.value, label) for state, label in FOCUS_STATE.items()]
    return [
        choice_field("kind", "是什么", kinds, chosen=_WAS.kind),
        line("year", "年份", _WAS.year, needed=True, kind="number", most=4),
        line("title", "题目", _WAS.title, needed=True),
        choice_field("state", "进展", states, chosen=_WAS.state),
        words("words", "做法和结果", _WAS.words),
    ]


_FORMS: Final[dict[Deed, Callable[[], list[rx.Component]]]] = {
    Deed.MOVE_AREA: lambda: [radios("改到哪个网格下面")],
    Deed.RETIRE_AREA: lambda: [words("words", "为什么停用", needed=True)],
    Deed.SPLIT_AREA: _split,
    Deed.MERGE_AREAS: lambda: [ticks("把哪些并进来", AreaFormState.targets, "t", NO_TARGETS)],
    Deed.REASSIGN: lambda: [
        ticks("划出哪些楼栋", AreaFormState.things, "", "楼栋都在下级网格里，请到下级划转。"),
        radios("划到哪个网格"),
    ],
    Deed.PAIR_AREAS: lambda: [radios("和谁结对"), words("words", "共建什么")],
    Deed.PART_AREAS: lambda: [rx.el.p("结对从现在起结束，以前的记录还在。")],
    Deed.SET_FOCUS: _focus,
    Deed.SET_LINE_CONTACT: lambda: [
        line(
            "name",
            "姓名",
            _WAS.name,
            help_words="全部不填就随上级网格。",
            most=64,
            when="（填了电话或单位就必填）",
        ),
        line("phone", "电话", _WAS.phone, kind="tel", most=32),
        line("organisation", "单位", _WAS.organisation),
    ],
}
_AT_ONCE: Final = (Deed.PAIR_AREAS, Deed.PART_AREAS, Deed.SET_FOCUS, Deed.SET_LINE_CONTACT)
_SEEKING: Final = (Deed.MOVE_AREA, Deed.MERGE_AREAS, Deed.REASSIGN, Deed.PAIR_AREAS)
_ALL: Final = (Deed.ADD_AREA, Deed.RENAME_AREA, *_FORMS)


def _seek() -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q", type="search", aria_label="搜索网格", placeholder="名称或编码",
            max_length=60, class_name="field-input",
        ),
        rx.el.button("搜索", type="submit", class_name="button short"),
        on_submit=AreaFormState.seek,
        role="search",
        class_name="toolbar",
    )  # fmt: skip


def _form(deed: Deed) -> rx.Component:
    words = f"确认{DEED[deed]}" if deed in _AT_ONCE else "看看会怎样"
    return rx.el.div(
        *([_seek()] if deed in _SEEKING else []),
        rx.el.form(
            *_fields(deed),
            rx.el.button(
                words, type="submit", disabled=AreaFormState.busy, class_name="button primary"
            ),
            on_submit=AreaFormState.submit,
            class_name="form",
        ),
        class_name="stack",
    )


def _sentences(rows: list[str], look: str) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, lambda s: rx.el.li(s, key=s)), class_name=look)


def _count(row: CountRow) -> rx.Component:
    return rx.fragment(rx.el.dt(row.label), rx.el.dd(row.words), key=row.label)


def _preview() -> rx.Component:
    look = rx.cond(_is_grave(), "button grave", "button primary")
    return rx.el.section(
        rx.el.h3("确认之前，请看一遍会怎样"),
        _sentences(AreaFormState.says, "preview-says"),
        rx.cond(
            AreaFormState.counts.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.dl(rx.foreach(AreaFormState.counts, _count), class_name="facts preview-counts"),
            rx.el.p("不涉及楼栋、事件和人员。", class_name="quiet"),
        ),
        rx.cond(
            AreaFormState.warns.length() > 0,  # type: ignore[attr-defined]  # likewise
            rx.el.div(
                rx.el.p("请留意", class_name="preview-heed"),
                _sentences(AreaFormState.warns, "preview-says"),
                class_name="notice",
            ),
        ),
        rx.el.div(
            rx.el.button(
                "上一步", type="button", on_click=AreaFormState.go_back, class_name="button"
            ),
            rx.el.button(
                "确认",
                AreaFormState.label,
                type="button",
                disabled=AreaFormState.busy,
                on_click=AreaFormState.agree,
                class_name=look,
            ),
            class_name="buttons",
        ),
        aria_live="polite",
        class_name="stack",
    )


def _is_grave() -> rx.Var[bool]:
    first, second = (AreaFormState.deed == deed.value for deed in _GRAVE)
    return first | second  # type: ignore[return-value]  # Vars at run time


def area_sheet() -> rx.Component:
    """Show the form that is open, or its preview; what was filled in stays below the preview."""
    forms = [(deed.value, _form(deed)) for deed in _ALL]
    return rx.cond(
        AreaFormState.deed != "",
        sheet(
            AreaFormState.label,
            sheet_refusal(),
            rx.cond(AreaFormState.is_preview, _preview()),
            rx.el.div(
                rx.match(AreaFormState.deed, *forms, rx.fragment()),
                hidden=AreaFormState.is_preview,
                key=AreaFormState.deed,
            ),
            on_close=AreaFormState.close_form,
        ),
    )

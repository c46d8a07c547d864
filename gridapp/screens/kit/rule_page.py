"""Draws a page of rules: its lists, and the sheet of the rule that is open, with its history."""

from typing import Any, Final

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.screens.kit.changes import changes_part
from gridapp.screens.kit.controls import controls
from gridapp.screens.kit.retiring import retire_part
from gridapp.screens.kit.rule_list import RuleList
from gridapp.screens.kit.rule_state import RuleCell, RuleGroup
from gridapp.screens.staff import (
    PRODUCT,
    entered,
    event_of,
    notice_bar,
    sheet_refusal,
    staff_tabs,
)
from gridapp.ui.asked import asked
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.sheet import sheet

_SAVE: Final = "保存"
_FROM: Final = "哪天起生效"
_SEARCH: Final = "搜索"
_NONE: Final = "没有找到"
_NONE_WHY: Final = "换个词再搜，或点「含已停用」看停用的。"
_RESTORE: Final = "恢复系统默认"


def rule_page(route: str, title: str, state: Any, *, what: str = "") -> None:
    """Put a page of rules under an address; ``state`` names its lists and who may keep them."""
    lists: tuple[RuleList, ...] = state.lists

    def page() -> rx.Component:
        return staff_frame(
            entered(lambda: _lists(state, lists, what), is_ready=state.is_ready),
            head=top_bar(title, back="/admin"),
            tabs=staff_tabs("/admin"),
            bottom=rx.cond(state.is_ready, rx.fragment(*_adding(state, lists))),
            over=_sheet(state, lists),
            is_covered=state.open.deed != "",
            is_wide=True,
        )

    rx.page(route=route, title=f"{title} · {PRODUCT}", on_load=state.load)(page)


def _lists(state: Any, lists: tuple[RuleList, ...], what: str) -> rx.Component:
    drawn = [_list(state, each, is_alone=len(lists) == 1) for each in lists]
    are_short = len(lists) > 1 and not any(each.is_searched for each in lists)
    return rx.fragment(
        notice_bar(),
        *([rx.el.p(what, class_name="note")] if what else []),
        rx.el.p(state.said, role="status", class_name="said"),
        rx.cond(
            state.link != "",
            rx.el.p(
                whole_page_link(
                    next((each.link for each in lists if each.link), ""), href=state.link
                ),
                class_name="note",
            ),
        ),
        rx.el.div(*drawn, class_name="columns") if are_short else rx.fragment(*drawn),
    )


def _list(state: Any, of: RuleList, *, is_alone: bool) -> rx.Component:
    groups = state.groups[of.kind.value]
    shown = rx.foreach(groups, lambda group: _group(state, of, group))
    found = rx.el.div(shown, class_name="columns") if of.is_searched else rx.fragment(shown)
    return rx.el.section(
        *([] if is_alone else [rx.el.h2(of.title)]),
        *([rx.el.p(of.what, class_name="quiet small")] if of.what else []),
        *([_search(state)] if of.is_searched else []),
        rx.cond(groups.length() > 0, found, _nothing(state)),
        class_name="stack",
    )


def _nothing(state: Any) -> rx.Component:
    clear = rx.el.button(
        "看全部", type="button", on_click=state.clear_search, class_name="button short"
    )
    return empty(_NONE, _NONE_WHY, clear)


def _search(state: Any) -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q", type="search", aria_label=_SEARCH, placeholder="名称", max_length=40,
            default_value=state.q, enter_key_hint="search", class_name="field-input",
        ),
        rx.el.button(_SEARCH, type="submit", class_name="button short"),
        rx.el.button(
            "含已停用",
            type="button",
            aria_pressed=rx.cond(state.with_retired, "true", "false"),
            on_click=state.toggle_retired,
            class_name="chip",
        ),
        on_submit=state.search,
        role="search",
        class_name="toolbar",
    )  # fmt: skip


def _group(state: Any, of: RuleList, group: RuleGroup) -> rx.Component:
    return rx.el.div(
        rx.cond(
            group.name != "",
            rx.el.h3(
                group.name,
                rx.el.span(group.count, class_name="quiet small"),
                class_name="cells-title row spread",
            ),
        ),
        rx.el.ul(
            rx.foreach(group.rows, lambda row: _cell(state, of, row)),
            aria_label=rx.cond(group.name != "", group.name, of.title),
            class_name="cells",
        ),
        key=group.name,
    )


def _cell(state: Any, of: RuleList, row: RuleCell) -> rx.Component:
    return rx.el.li(
        rx.cond(
            row.swatch.word != "",
            rx.el.span(
                rx.el.span(row.swatch.sign, aria_hidden="true", class_name="swatch-sign"),
                rx.el.span(row.swatch.word, class_name="swatch-word"),
                title=row.swatch.looks,
                class_name=f"swatch {row.swatch.hue}",
            ),
        ),
        rx.el.div(
            rx.el.p(
                row.title,
                rx.cond(row.is_example, rx.el.span("示例", class_name="badge")),
                rx.cond(row.is_own, rx.el.span("已改过", class_name="badge")),
                rx.cond(row.is_retired, rx.el.span("已停用", class_name="badge")),
                rx.cond(row.ahead > 0, rx.el.span(f"{row.ahead}项待生效", class_name="badge blue")),
                class_name="cell-meaning row",
            ),
            rx.cond(
                row.lines.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.ul(
                    rx.foreach(row.lines, lambda words: rx.el.li(words, class_name="wrap")),
                    class_name="plain-list",
                ),
            ),
            rx.el.p(row.context, class_name="cell-context"),
            class_name="cell-text",
        ),
        rx.el.button(
            "修改",
            type="button",
            aria_label=f"修改：{row.title}",
            on_click=event_of(state.open_form, of.kind.value, row.code),
            class_name="button plain short",
        ),
        key=row.code,
        class_name="cell",
    )


def _adding(state: Any, lists: tuple[RuleList, ...]) -> list[rx.Component]:
    return [
        rx.el.button(
            DEED[of.add],
            type="button",
            on_click=event_of(state.open_form, of.kind.value, ""),
            class_name="button primary",
        )
        for of in lists
        if of.add
    ]


def _sheet(state: Any, lists: tuple[RuleList, ...]) -> rx.Component:
    forms = [(of.change.value, _changing(state, of)) for of in lists]
    forms += [(of.add.value, _form(state, of, is_new=True)) for of in lists if of.add]
    return rx.cond(
        state.open.deed != "",
        sheet(
            state.open.label,
            sheet_refusal(),
            rx.match(state.open.deed, *forms, rx.fragment()),
            on_close=state.close_form,
        ),
    )


def _changing(state: Any, of: RuleList) -> rx.Component:
    more = [*_placing(state, of), *_retiring(state, of)]
    restore = asked(_RESTORE, of.restore, "确认恢复", state.restore, is_busy=state.busy)
    return rx.el.div(
        _form(state, of, is_new=False),
        *([rx.cond(state.open.is_own, restore)] if of.restore else []),
        *([rx.el.div(*more, class_name="stack apart")] if more else []),
        changes_part(state.changes, state.cancel),
        class_name="stack",
    )


def _form(state: Any, of: RuleList, *, is_new: bool) -> rx.Component:
    on_try = (lambda name: _tried(state, name)) if of.weigh else None
    return rx.el.form(
        rx.foreach(state.open.notes, lambda words: rx.el.p(words, class_name="field-help")),
        *controls(of.asked(is_new=is_new), state.open.fills, state.open.options, on_try),
        *([_preview(state)] if of.weigh else []),
        *([_from_day(state, of.from_help)] if of.from_help else []),
        rx.el.button(_SAVE, type="submit", disabled=state.busy, class_name="button primary"),
        key=state.open.key,
        on_submit=state.submit,
        class_name="form",
    )


def _tried(state: Any, name: str) -> Any:
    # Reflex gives handlers this way to wait until the typing rests; its types do not know it.
    return lambda value: event_of(state.try_value, name, value).debounce(300)


def _preview(state: Any) -> rx.Component:
    seen = state.preview
    return rx.el.div(
        rx.cond(
            seen.fault != "",
            rx.el.p(seen.fault, class_name="field-error"),
            rx.fragment(
                rx.cond(
                    seen.sample != "",
                    rx.fragment(
                        rx.el.p("对方收到的样子", class_name="quiet small"),
                        rx.el.p(seen.sample, class_name="bubble"),
                    ),
                ),
                rx.foreach(seen.lines, lambda words: rx.el.p(words, class_name="quiet small")),
            ),
        ),
        role="status",
    )


def _from_day(state: Any, help_words: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(_FROM, html_for="from_on", class_name="field-label"),
        rx.el.p(help_words, class_name="field-help"),
        rx.el.input(
            id="from_on", name="from_on", type="date", required=True, min=state.open.today,
            default_value=state.open.today, class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _placing(state: Any, of: RuleList) -> list[rx.Component]:
    if of.place is None:
        return []
    ways = [("上移", "up"), ("下移", "down")]
    buttons = [
        rx.el.button(
            label, type="button", disabled=state.busy, class_name="button short",
            on_click=event_of(state.place, way),
        )
        for label, way in ways
    ]  # fmt: skip
    return [rx.el.div(*buttons, class_name="buttons")]


def _retiring(state: Any, of: RuleList) -> list[rx.Component]:
    if of.retire is None:
        return []
    help_words = [rx.el.p(of.retire_help, class_name="field-help")] if of.retire_help else []
    return [*help_words, retire_part(state, of.retire_label)]

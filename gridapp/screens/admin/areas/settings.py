"""The rules of the tree: ``/admin/areas/settings``, level names, households, business lines."""

import reflex as rx

from gridapp.domain.labels import GRID_LEVEL
from gridapp.screens.admin.areas.settings_state import NEW, AreaRulesState, LineSetting
from gridapp.screens.admin.parts import from_day
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.asked import asked
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.sheet import sheet

_TITLE = "网格规则"
_FROM_HELP = "今天，或者以后的一天；同时只记一项待生效的修改，再存一次以后的日期会换掉它。"
_RETIRED = "已停用的业务线"
_LINE_HELP = "同一张网格上，各业务线有自己的联系人；在网格页里填写，下级随上级。"


def _number(name: str, label: str, default: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="field-label"),
        rx.el.input(
            id=name, name=name, type="number", min=0, max=100000, required=True,
            default_value=default, key=f"{name} {default} {AreaRulesState.version}",
            class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _name(number: int, usual: str, name: str) -> rx.Component:
    current = AreaRulesState.levels[number].label
    return rx.el.div(
        rx.el.label(f"{usual}这一级", html_for=name, class_name="field-label"),
        rx.el.input(
            id=name, name=name, type="text", required=True, max_length=8, default_value=current,
            # Drawn anew with each change: what was typed for a later day is not what holds now.
            key=f"{name} {current} {AreaRulesState.version}", auto_complete="off",
            class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def _rules() -> rx.Component:
    names = [_name(n, label, level.value) for n, (level, label) in enumerate(GRID_LEVEL.items())]
    return rx.el.section(
        rx.el.h2("层级叫什么，一格多少户"),
        rx.el.p(
            "比如把「街道」叫「镇」，把「微网格」叫「楼组」。改了名称，页面和表格都跟着变。",
            class_name="quiet",
        ),
        rx.el.form(
            rx.el.div(*names, class_name="field-columns"),
            rx.el.div(
                _number("least", "最少户数", AreaRulesState.least),
                _number("most", "最多户数", AreaRulesState.most),
                class_name="field-columns",
            ),
            from_day(AreaRulesState.today, _FROM_HELP),
            rx.el.button("保存", type="submit", class_name="button primary"),
            on_submit=AreaRulesState.save_rules,
            class_name="form",
        ),
        rx.cond(AreaRulesState.ahead != "", _ahead()),
        class_name="card stack",
    )


def _ahead() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong("待生效"), "　", AreaRulesState.ahead),
        asked("取消这项修改", "到那天不改，照现在的继续。", "确认取消", AreaRulesState.drop_ahead),
        class_name="stack apart",
    )


def _line(row: LineSetting) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.name, class_name="cell-meaning"),
            rx.cond(row.context != "", rx.el.span(row.context, class_name="cell-context")),
            class_name="cell-text",
        ),
        rx.el.button(
            "修改",
            type="button",
            aria_label=f"修改{row.name}",
            on_click=event_of(AreaRulesState.edit_line, row.id),
            class_name="button plain short",
        ),
        key=row.id,
        class_name="cell",
    )


def _lines() -> rx.Component:
    return rx.el.section(
        rx.el.h2("业务线", class_name="cells-title"),
        rx.el.p(_LINE_HELP, class_name="note"),
        rx.el.ul(rx.foreach(AreaRulesState.lines, _line), aria_label="业务线", class_name="cells"),
        rx.el.button(
            "新增业务线",
            type="button",
            on_click=event_of(AreaRulesState.edit_line, NEW),
            class_name="button plain",
        ),
        rx.cond(
            AreaRulesState.retired_lines.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.details(
                rx.el.summary(_RETIRED),
                rx.el.ul(
                    rx.foreach(AreaRulesState.retired_lines, _retired_line),
                    aria_label=_RETIRED,
                    class_name="cells",
                ),
                class_name="fold",
            ),
        ),
        class_name="stack",
    )


def _retired_line(row: LineSetting) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.name, class_name="cell-meaning cell-text"),
        rx.el.button(
            "重新启用",
            type="button",
            aria_label=f"重新启用{row.name}",
            on_click=event_of(AreaRulesState.use_line, row.id),
            class_name="button plain short",
        ),
        key=row.id,
        class_name="cell",
    )


def _page() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.div(
            rx.cond(AreaRulesState.said != "", rx.el.p(AreaRulesState.said, class_name="notice")),
            role="status",
            class_name="notice-place",
        ),
        rx.el.div(_rules(), _lines(), class_name="area-columns"),
    )


def _line_sheet() -> rx.Component:
    return rx.cond(
        AreaRulesState.open_line != "",
        sheet(
            rx.cond(AreaRulesState.open_line == NEW, "新增业务线", "修改业务线"),
            notice_bar(),
            rx.el.form(
                rx.el.div(
                    rx.el.label("名称", html_for="name", class_name="field-label"),
                    rx.el.input(
                        id="name", name="name", type="text", required=True, max_length=40,
                        default_value=AreaRulesState.line_name, auto_focus=True,
                        auto_complete="off", class_name="field-input",
                    ),
                    class_name="field",
                ),
                rx.el.button("保存", type="submit", class_name="button primary"),
                on_submit=AreaRulesState.save_line,
                class_name="form",
            ),
            rx.cond(
                AreaRulesState.open_line != NEW,
                rx.el.div(
                    asked(
                        "不再使用这条业务线", AreaRulesState.drop_what, "确认停用",
                        AreaRulesState.drop_line,
                    ),
                    class_name="stack apart",
                ),
            ),
            on_close=AreaRulesState.close_line,
        ),
    )  # fmt: skip


@rx.page(route="/admin/areas/settings", title=f"{_TITLE} · {PRODUCT}", on_load=AreaRulesState.load)
def area_settings() -> rx.Component:
    """Show the rules of the tree."""
    return staff_frame(
        entered(_page, is_ready=AreaRulesState.is_ready),
        head=top_bar(_TITLE, back="/admin/areas"),
        tabs=staff_tabs("/admin"),
        over=_line_sheet(),
        is_covered=AreaRulesState.open_line != "",
        is_wide=True,
    )

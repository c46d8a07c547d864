"""The overview of leaders: ``/leader``, each figure with what it was divided from."""

import reflex as rx

from gridapp.screens.leader.state import PERIODS, CompareRow, OverviewState, PartRow
from gridapp.screens.staff import PRODUCT, entered, event_of, notice_bar, staff_tabs
from gridapp.ui.figures import bar_chart, plain_stat, share_bar, stat_tile
from gridapp.ui.frame import staff_frame, top_bar

_TITLE = "看板"
_HEAD = OverviewState.head
_HEADS = ("名称", "上报", "在办", "超期", "按期处置率", "办结解决率")


def _periods() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.button(
                label,
                type="button",
                aria_pressed=rx.cond(OverviewState.period == key, "true", "false"),
                on_click=event_of(OverviewState.choose_period, key),
                class_name="chip",
            )
            for key, label in PERIODS.items()
        ],
        role="group",
        aria_label="统计时段",
        class_name="chips",
    )


def _what() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _HEAD.above != "",
            rx.el.a(f"返回{_HEAD.above_name}", href=f"/leader?grid={_HEAD.above}"),
        ),
        rx.el.h2(_HEAD.grid_name),
        rx.el.p(_HEAD.days, class_name="quiet small"),
        class_name="hero",
    )


def _now() -> rx.Component:
    return rx.el.section(
        plain_stat("上报", _HEAD.reported, _HEAD.settled, _HEAD.reported_href),
        plain_stat("结案", _HEAD.closed, _HEAD.reopened, _HEAD.closed_href),
        plain_stat("正在办理", _HEAD.open, "此刻", _HEAD.open_href),
        plain_stat("已超期", _HEAD.overdue, "此刻", _HEAD.overdue_href),
        aria_label="件数",
        class_name="stats",
    )


def _rates() -> rx.Component:
    return rx.el.section(
        rx.el.h2("指标"),
        rx.el.div(rx.foreach(OverviewState.tiles, stat_tile), class_name="stats"),
        class_name="stack",
    )


def _times() -> rx.Component:
    return rx.el.section(
        rx.el.h2("办结用时"),
        rx.el.div(
            plain_stat("中位数", _HEAD.median, "一半的事件不超过"),
            plain_stat("九成", _HEAD.p90, "九成的事件不超过"),
            plain_stat("平均", _HEAD.mean, "从上报（或重开）到结案"),
            class_name="stats",
        ),
        class_name="stack",
    )


def _parts() -> rx.Component:
    """Set what was settled on the spot apart: it is many, quick, and in time by its nature."""
    return rx.el.section(
        rx.el.h2("随手清与其他事件"), rx.foreach(OverviewState.parts, _part), class_name="stack"
    )


def _part(row: PartRow) -> rx.Component:
    return rx.el.section(
        rx.el.h3(row.name),
        rx.el.div(
            plain_stat("结案", row.closed),
            plain_stat("按期处置率", row.in_time, row.in_time_of),
            plain_stat("办结解决率", row.solved),
            plain_stat("用时中位数", row.median, "一半的事件不超过"),
            plain_stat("用时九成", row.p90, "九成的事件不超过"),
            class_name="stats",
        ),
        key=row.name,
        class_name="stack",
    )


def _chart() -> rx.Component:
    return rx.cond(
        OverviewState.bars.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            rx.el.h2("上报和结案"),
            bar_chart(
                OverviewState.bars,
                OverviewState.bars_label,
                highest=OverviewState.bars_most,
                view_box=OverviewState.bars_box,
            ),
            class_name="card",
        ),
    )


def _comparison(title: str, rows: list[CompareRow], *, leads_on: bool) -> rx.Component:
    return rx.cond(
        rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            rx.el.h2(title),
            rx.el.div(
                rx.el.table(
                    rx.el.thead(
                        rx.el.tr(
                            *[rx.el.th(head, scope="col") for head in _HEADS[:1]],
                            *[_number_head(head) for head in _HEADS[1:4]],
                            *[rx.el.th(head, scope="col") for head in _HEADS[4:]],
                        )
                    ),
                    rx.el.tbody(rx.foreach(rows, lambda row: _compared(row, leads_on=leads_on))),
                    class_name="table compare",
                ),
                class_name="table-frame",
            ),
            class_name="stack",
        ),
    )


def _number_head(head: str) -> rx.Component:
    return rx.el.th(head, scope="col", class_name="number")


def _cell(place: int, *content: rx.Component | str | int, kind: str = "") -> rx.Component:
    """Show a cell; on a phone, where there is no head row, it says itself what it is."""
    return rx.el.td(*content, custom_attrs={"data-head": _HEADS[place]}, class_name=kind)


def _compared(row: CompareRow, *, leads_on: bool) -> rx.Component:
    name = rx.el.a(row.name, href=f"/leader?grid={row.code}") if leads_on else row.name
    return rx.el.tr(
        rx.el.th(name, scope="row"),
        _cell(1, rx.el.a(row.reported, href=row.reported_href), kind="number"),
        _cell(2, rx.el.a(row.open, href=row.open_href), kind="number"),
        _cell(3, rx.el.a(row.overdue, href=row.overdue_href), kind="number"),
        _cell(
            4,
            share_bar(row.in_time_percent, row.in_time),
            rx.el.span(row.in_time_of, class_name="quiet fine"),
            kind="main",
        ),
        _cell(5, row.solved),
        key=row.name,
    )


def _figures() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        _what(),
        _periods(),
        _now(),
        _rates(),
        _times(),
        _parts(),
        _chart(),
        _comparison("按网格比较", OverviewState.grids, leads_on=True),
        _comparison("按分类比较", OverviewState.roots, leads_on=False),
        rx.el.p(
            "要核对数字，可以",
            rx.el.a("导出事件表", href="/admin/export"),
            "，居民信息不会全部显示。",
            class_name="quiet small",
        ),
    )


@rx.page(route="/leader", title=f"{_TITLE} · {PRODUCT}", on_load=OverviewState.load)
def leader() -> rx.Component:
    """Show the figures of a period."""
    return staff_frame(
        entered(_figures, is_ready=OverviewState.is_ready),
        head=top_bar(_TITLE),
        tabs=staff_tabs("/leader"),
        is_wide=True,
    )

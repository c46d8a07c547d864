"""Figures: a share with its numerator and denominator, bars over time, a comparison."""

import math
from dataclasses import dataclass
from typing import Final

import reflex as rx

# More marks than this run into each other on a phone.
_MOST_MARKS: Final = 7


@dataclass(frozen=True)
class Tile:
    """A figure: large, with what it is made of; the formula opens on a tap."""

    name: str
    figure: str
    of: str
    formula: str
    counted: str
    is_blank: bool = False


@dataclass(frozen=True)
class Bar:
    """A place on the time axis, in the drawing's own units; SVG takes its numbers as text."""

    label: str
    mark: str
    said: str
    reported_x: str
    reported_y: str
    reported_height: str
    closed_x: str
    closed_y: str
    closed_height: str


def stat_tile(tile: Tile) -> rx.Component:
    """Show a figure; a tap opens its formula."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(tile.name, class_name="stat-name"),
            rx.el.span(tile.figure, class_name=rx.cond(tile.is_blank, "stat-blank", "stat-figure")),
            rx.el.span(tile.of, class_name="stat-of"),
        ),
        rx.el.p(tile.formula, class_name="stat-formula"),
        rx.el.p(tile.counted, class_name="stat-formula"),
        key=tile.name,
        class_name="stat",
    )


def plain_stat(name: str, figure: str | int, of: str = "", href: str = "") -> rx.Component:
    """Show a figure that explains itself; with ``href``, a tap opens what it counts."""
    parts = (
        rx.el.span(name, class_name="stat-name"),
        rx.el.span(figure, class_name="stat-figure"),
        rx.el.span(of, class_name="stat-of"),
    )
    if isinstance(href, str) and not href:
        return rx.el.div(*parts, class_name="stat")
    return rx.el.a(*parts, href=href, class_name="stat leads-on")


def bars_of(points: list[tuple[str, int, int]]) -> list[Bar]:
    """Place labelled pairs of numbers as bars, 1 wide and at most 100 high."""
    step = math.ceil(len(points) / _MOST_MARKS)
    highest = max((max(reported, closed) for _, reported, closed in points), default=0) or 1
    return [
        Bar(
            label,
            label if place % step == 0 else "",
            f"{label}：上报{reported}，结案{closed}",
            f"{place + 0.12:.2f}",
            f"{100 - 100 * reported / highest:.1f}",
            f"{100 * reported / highest:.1f}",
            f"{place + 0.52:.2f}",
            f"{100 - 100 * closed / highest:.1f}",
            f"{100 * closed / highest:.1f}",
        )
        for place, (label, reported, closed) in enumerate(points)
    ]


def bar_chart(bars: list[Bar], label: str, *, highest: int, view_box: str) -> rx.Component:
    """Draw two bars for each place on the time axis: what came in, what was closed.

    Args:
        bars: What ``bars_of`` has placed.
        label: Read aloud in place of the drawing.
        highest: The number that the highest bar stands for.
        view_box: ``0 0 N 100`` for N places.
    """
    return rx.el.figure(
        rx.el.div(
            rx.el.span(highest, class_name="chart-most"),
            rx.el.svg(
                rx.foreach(bars, _bar_pair),
                view_box=view_box,
                preserve_aspect_ratio="none",
                role="img",
                aria_label=label,
                class_name="chart-bars",
            ),
            class_name="chart-frame",
        ),
        rx.el.div(
            rx.foreach(bars, lambda bar: rx.el.span(bar.mark, key=bar.label)),
            aria_hidden="true",
            class_name="chart-axis",
        ),
        rx.el.figcaption(
            rx.el.span("上报", class_name="chart-key reported"),
            rx.el.span("结案", class_name="chart-key closed"),
            class_name="row small quiet",
        ),
        class_name="chart",
    )


def _bar_pair(bar: Bar) -> rx.Component:
    return rx.el.svg.g(
        rx.el.svg.rect(
            x=bar.reported_x,
            y=bar.reported_y,
            width="0.36",
            height=bar.reported_height,
            class_name="bar reported",
        ),
        rx.el.svg.rect(
            x=bar.closed_x,
            y=bar.closed_y,
            width="0.36",
            height=bar.closed_height,
            class_name="bar closed",
        ),
        rx.el.svg.title(bar.said),
        key=bar.label,
    )


def share_bar(percent: str, words: str) -> rx.Component:
    """Draw a share as a bar with its words beside it."""
    return rx.el.span(
        rx.el.svg(
            rx.el.svg.rect(x=0, y=0, width=100, height=8, class_name="share-all"),
            rx.el.svg.rect(x=0, y=0, width=percent, height=8, class_name="share-part"),
            view_box="0 0 100 8",
            preserve_aspect_ratio="none",
            aria_hidden="true",
            class_name="share-bar",
        ),
        words,
        class_name="share",
    )

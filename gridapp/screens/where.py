"""Where: the place that is chosen, a search for another one, and what was found."""

from dataclasses import dataclass
from typing import Any, Final

import reflex as rx

from gridapp.screens.staff import event_of

EVERYWHERE: Final = "我管辖的全部范围"
_TO_EVERYWHERE: Final = "改为全部范围"


@dataclass(frozen=True)
class PlaceRow:
    """A place that was found, as a button shows it."""

    name: str
    where: str
    grid: str
    at: str = ""


def where_search(state: Any, label: str, hint: str) -> rx.Component:
    """Show the place of a state and let another one be chosen.

    Args:
        state: A state with ``place``, ``q``, ``places``, and the events ``search`` and ``pick``.
        label: What the search is called.
        hint: What may be typed.
    """
    return rx.fragment(
        rx.el.div(
            rx.el.strong(state.place),
            rx.cond(
                state.place != EVERYWHERE,
                rx.el.button(
                    _TO_EVERYWHERE,
                    type="button",
                    on_click=event_of(state.pick, -1),
                    class_name="button plain short",
                ),
            ),
            class_name="row spread",
        ),
        place_search(state, label, hint),
    )


def place_search(state: Any, label: str, hint: str) -> rx.Component:
    """Let a place be looked for and picked; see ``where_search``."""

    def found(place: PlaceRow, number: int) -> rx.Component:
        return _found(place, event_of(state.pick, number))

    return rx.fragment(
        _search(state, label, hint),
        rx.cond(
            state.places.length() > 0,
            rx.el.ul(
                rx.foreach(state.places, found),
                aria_label="找到的地方",
                class_name="cells print-found",
            ),
            rx.cond(
                state.q != "",
                rx.el.p("没有找到“", state.q, "”，换个说法再试。", class_name="quiet small"),
            ),
        ),
    )


def _search(state: Any, label: str, hint: str) -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="q",
            type="search",
            aria_label=label,
            placeholder=hint,
            enter_key_hint="search",
            max_length=60,
            class_name="field-input",
        ),
        rx.el.button("查找", type="submit", class_name="button short"),
        on_submit=state.search,
        role="search",
        class_name="search-row",
    )


def _found(place: PlaceRow, picked: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(place.name, class_name="cell-meaning"),
                rx.el.span(place.where, class_name="cell-context"),
                class_name="cell-text",
            ),
            type="button",
            on_click=picked,
            class_name="cell",
        ),
        key=f"{place.grid}{place.at}",
    )

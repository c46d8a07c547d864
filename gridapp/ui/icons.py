"""Small drawings for tabs and buttons, in the colour of the words beside them."""

import reflex as rx

_PATHS = {
    "today": "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4",
    "cases": "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
    "figures": "M5 20V11M12 20V4M19 20v-6M3 20h18",
    "manage": "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
    "me": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.5 16.5 21 21",
    "close": "M6 6l12 12M18 6 6 18",
}


def _icon(name: str) -> rx.Component:
    return rx.el.svg(
        rx.el.svg.path(d=_PATHS[name]),
        view_box="0 0 24 24",
        fill="none",
        stroke="currentColor",
        stroke_width="1.8",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
        class_name="icon",
    )


def icon(name: str) -> rx.Component:
    """Draw an icon that this module knows."""
    return _icon(name)


def icon_of(name: str) -> rx.Component:
    """Draw the tab's icon whose name only the page knows."""
    tabs = [(key, _icon(key)) for key in ("today", "cases", "figures", "manage")]
    return rx.match(name, *tabs, _icon("me"))

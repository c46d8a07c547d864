"""What stands where nothing stands yet: waiting, nothing here, not for you."""

import reflex as rx

_WAITING = "正在读取"


def empty(title: str, why: str, *next_steps: rx.Component) -> rx.Component:
    """Say that there is nothing here, why, and what to do next."""
    return rx.el.div(
        rx.el.p(title, class_name="empty-title"),
        rx.el.p(why),
        *next_steps,
        class_name="empty",
    )


def waiting_cells(count: int = 4) -> rx.Component:
    """Hold the place of a list; it is seen only when the list takes its time."""
    cells = [rx.el.div(class_name="skeleton cell-tall") for _ in range(count)]
    return rx.el.div(
        rx.el.span(_WAITING, class_name="unseen"), *cells, role="status", class_name="stack"
    )

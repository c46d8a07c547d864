"""Drawing one grid's boundary: ``/admin/boundaries/draw``."""

from typing import Final

import reflex as rx

from gridapp.guard.allow import allow
from gridapp.screens.admin.boundaries.shown import Step, step_of
from gridapp.screens.admin.boundaries.state import PAGE
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import BOUNDARY_KEEPERS
from gridapp.services.boundaries.lists import see_drawing
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.grid_map import grid_editor

_TITLE: Final = "画边界"


class DrawState(SessionState):
    """The grid whose boundary is drawn; the boundary itself is fetched by the map."""

    is_ready: bool = False
    grid: str = ""
    name: str = ""
    level: str = ""
    src: str = ""
    beside: list[Step] = []

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def load(self) -> None:
        """Open the grid that the address names."""
        await greet(self)
        self.is_ready = False
        view = await look(self, see_drawing, self.router.url.query_parameters.get("grid", "")[:32])
        if view is None:
            return
        self.grid, self.name, self.level = view.area.code, view.area.name, view.area.level
        self.src = f"/api/v1/map?grid={view.parent or view.area.code}&outlines=below"
        self.beside = [step_of(one) for one in view.beside]
        self.is_ready = True


def _draw() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.el.div(
            rx.el.h2(DrawState.name, class_name="section-title"),
            rx.el.p(DrawState.level, class_name="quiet small"),
        ),
        grid_editor(src=DrawState.src, grid=DrawState.grid, beside=DrawState.beside),
    )


@rx.page(route=f"{PAGE}/draw", title=f"{_TITLE} · {PRODUCT}", on_load=DrawState.load)
def draw() -> rx.Component:
    """Show the editor."""
    return staff_frame(
        entered(_draw, is_ready=DrawState.is_ready),
        head=top_bar(_TITLE, back=f"{PAGE}?grid={DrawState.grid}"),
        tabs=staff_tabs("/admin"),
        is_wide=True,
    )

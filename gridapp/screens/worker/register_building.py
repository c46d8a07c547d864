"""``/worker/register/building``: one building, for the own grids of workers and heads."""

from typing import Final

import reflex as rx

from gridapp.screens.register.building import TITLE, building_page
from gridapp.screens.register.building_state import BuildingState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/worker/register"


@rx.page(
    route="/worker/register/building", title=f"{TITLE} · {PRODUCT}", on_load=BuildingState.load
)
def worker_building() -> rx.Component:
    """Show one building."""
    return building_page(BASE, "/worker")

"""``/admin/register/building``: one building, for the administrators."""

from typing import Final

import reflex as rx

from gridapp.screens.register.building import TITLE, building_page
from gridapp.screens.register.building_state import BuildingState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/admin/register"


@rx.page(route="/admin/register/building", title=f"{TITLE} · {PRODUCT}", on_load=BuildingState.load)
def admin_building() -> rx.Component:
    """Show one building."""
    return building_page(BASE, "/admin")

"""``/admin/register``: the register, for the administrators."""

from typing import Final

import reflex as rx

from gridapp.screens.register.listing import TITLE, register_page
from gridapp.screens.register.listing_state import RegisterState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/admin/register"


@rx.page(route="/admin/register", title=f"{TITLE} · {PRODUCT}", on_load=RegisterState.load)
def admin_register() -> rx.Component:
    """Show the register."""
    return register_page(BASE, "/admin", "/admin")

"""``/worker/register``: the register, for the own grids of workers and heads."""

from typing import Final

import reflex as rx

from gridapp.screens.register.listing import TITLE, register_page
from gridapp.screens.register.listing_state import RegisterState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/worker/register"


@rx.page(route="/worker/register", title=f"{TITLE} · {PRODUCT}", on_load=RegisterState.load)
def worker_register() -> rx.Component:
    """Show the register."""
    return register_page(BASE, "/me", "/worker")

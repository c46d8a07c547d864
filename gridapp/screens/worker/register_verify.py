"""``/worker/register/verify``: verification of the register, for grid workers and heads."""

from typing import Final

import reflex as rx

from gridapp.screens.register.verify import TITLE, verify_page
from gridapp.screens.register.verify_state import VerifyState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/worker/register"


@rx.page(route="/worker/register/verify", title=f"{TITLE} · {PRODUCT}", on_load=VerifyState.load)
def worker_verify() -> rx.Component:
    """Show verification of the register."""
    return verify_page(BASE, "/worker")

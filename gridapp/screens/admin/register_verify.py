"""``/admin/register/verify``: verification of the register, for the administrators."""

from typing import Final

import reflex as rx

from gridapp.screens.register.verify import TITLE, verify_page
from gridapp.screens.register.verify_state import VerifyState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/admin/register"


@rx.page(route="/admin/register/verify", title=f"{TITLE} · {PRODUCT}", on_load=VerifyState.load)
def admin_verify() -> rx.Component:
    """Show verification of the register."""
    return verify_page(BASE, "/admin")

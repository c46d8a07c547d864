"""``/admin/register/record``: one record of the register, for the administrators."""

from typing import Final

import reflex as rx

from gridapp.screens.register.record import TITLE, record_page
from gridapp.screens.register.record_state import RecordState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/admin/register"


@rx.page(route="/admin/register/record", title=f"{TITLE} · {PRODUCT}", on_load=RecordState.load)
def admin_record() -> rx.Component:
    """Show one record of the register."""
    return record_page(BASE, "/admin")

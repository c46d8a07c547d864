"""``/worker/register/record``: one record of the register, for grid workers and heads."""

from typing import Final

import reflex as rx

from gridapp.screens.register.record import TITLE, record_page
from gridapp.screens.register.record_state import RecordState
from gridapp.screens.staff import PRODUCT

BASE: Final = "/worker/register"


@rx.page(route="/worker/register/record", title=f"{TITLE} · {PRODUCT}", on_load=RecordState.load)
def worker_record() -> rx.Component:
    """Show one record of the register."""
    return record_page(BASE, "/worker")

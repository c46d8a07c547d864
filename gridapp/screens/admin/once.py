"""Does one deed of a form of the rules; what was refused last is put away first."""

from typing import Any

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.screens.session import SessionState, do, look
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of


async def quiet(state: rx.State) -> None:
    """Put away what was refused last."""
    session = await state.get_state(SessionState)
    session.notice = session.notice_code = ""


async def do_once(  # noqa: PLR0913, PLR0917 - what an order is made of
    state: rx.State,
    deed: Deed,
    subject: str,
    facts: dict[str, Any],
    version: int | None,
    uid: str,
) -> Done | None:
    """Do a deed under the id that was made when its form opened; None when it is refused."""
    await quiet(state)
    return await do(state, _order, Order(deed, subject, facts, version, uid=uid_of(uid)))


def _order(act: Act, order: Order) -> Done:
    return do_deed(act, order)


async def today_of(state: rx.State) -> str:
    """Give the Beijing day of now, as a date field holds it."""
    return await look(state, _today) or ""


def _today(act: Act) -> str:
    return beijing_date(act.now).isoformat()


def said_from(on: str, today: str) -> str:
    """Say from when something holds: 现在起, 2026年12月1日起."""
    if not on or on == today:
        return "现在起"
    year, month, day = on.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日起"

"""Orders of long work by the cast, and what stands in the ledger of them."""

from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.works.take import TakenWork, take_work
from gridapp.services.works.views import WorkView, see_work
from gridapp.tables import Work
from tests.cast import Cast
from tests.makers import do


def order(
    desk: Desk, cast: Cast, name: str = "wang", uid: UUID | None = None, **facts: Any
) -> UUID:
    """Order the posters of the street, or what the facts say."""
    uid = uid or uuid4()
    do(desk, cast.actor(name), Deed.ORDER_PRINT, uid=uid, **({"sheet": "poster"} | facts))
    return uid


def seen(desk: Desk, cast: Cast, uid: UUID, name: str = "wang") -> WorkView:
    with desk.looking(cast.actor(name)) as act:
        return see_work(act, str(uid))


def take(desk: Desk) -> TakenWork | None:
    with desk.acting(SYSTEM) as act:
        return take_work(act)


def rows(desk: Desk) -> list[Work]:
    with desk.looking(SYSTEM) as act:
        found = list(act.session.exec(select(Work).order_by(col(Work.id))))
        act.session.expunge_all()
        return found

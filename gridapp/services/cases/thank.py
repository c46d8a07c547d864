"""What a reporter does with one tap: thank, or leave a phone for news (致谢 留电话)."""

from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.move import move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.phones import read_phone
from gridapp.services.verbs import verb
from gridapp.tables import Case


class ThankFacts(Facts):
    """Thanks need no words."""


class LeavePhoneFacts(Facts):
    """Where news of the case may be sent."""

    phone: Annotated[str, Field(max_length=32)]


def may_thank(row: Case) -> bool:
    """Tell whether the reporter has not thanked yet."""
    return row.thanked_at is None


@verb(Deed.THANK, ThankFacts)
def thank(act: Act, order: Order, _: ThankFacts) -> dict[str, Any]:
    """Thank those who handled a case; thanking again says the same and adds nothing."""
    row = open_for(act, order, Deed.THANK).row
    if may_thank(row):
        move_case(act, row, Deed.THANK, order, is_public=True, thanked_at=act.now)
    return reply_of(row, order.uid)


@verb(Deed.LEAVE_PHONE, LeavePhoneFacts)
def leave_phone(act: Act, order: Order, facts: LeavePhoneFacts) -> dict[str, Any]:
    """Leave a phone, or another one; the number itself stands in no history.

    Raises:
        FactsError: It is no number.
    """
    phone = read_phone(facts.phone, needed=True)
    row = open_for(act, order, Deed.LEAVE_PHONE).row
    move_case(act, row, Deed.LEAVE_PHONE, order, reporter_phone=phone)
    return reply_of(row, order.uid)

"""Starts verifications and records findings by real deeds."""

from typing import Any

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.verification.see import VerificationView, see_verification
from gridapp.services.verification.see_item import ItemView, see_item
from tests.cast import Cast
from tests.makers import do

GRID1, GRID2, COMMUNITY = "310107022001001", "310107022001002", "310107022001"


def a_round(desk: Desk, cast: Cast, by: str = "admin", **facts: Any) -> str:
    """Start a verification of the households of community 1; gives its id."""
    told = {"name": "十一月人户核查", "grids": [COMMUNITY], "ends_on": "2026-06-30"}
    reply = do(desk, cast.actor(by), Deed.START_VERIFICATION, **(told | facts)).reply
    return str(reply["verification"])


def verify(
    desk: Desk, cast: Cast, verification: str, record: str, by: str = "li", **facts: Any
) -> dict[str, Any]:
    """Record a finding: 属实 unless told otherwise; ``version`` is the record's."""
    told = {"verification": verification, "outcome": "confirmed"} | facts
    return do(desk, cast.actor(by), Deed.VERIFY_RECORD, record, **told).reply


def see(desk: Desk, cast: Cast, verification: str, by: str = "chen") -> VerificationView:
    """See a verification."""
    with desk.looking(cast.actor(by)) as act:
        return see_verification(act, verification)


def item(desk: Desk, cast: Cast, verification: str, record: str, by: str = "chen") -> ItemView:
    """See one record of a verification."""
    with desk.looking(cast.actor(by)) as act:
        return see_item(act, verification, record)

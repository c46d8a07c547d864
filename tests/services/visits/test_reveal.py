"""A household is unmasked for a reason only, and the reason stays on record."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.visits.reveal import RevealedHouseholdView, reveal_household
from gridapp.tables import AuditRow
from tests.cast import Cast
from tests.services.visits.homes import DOOR, NAME, PHONE, a_household
from tests.services.visits.test_households import STRANGERS

WHY = "老人没接电话，上门看看"


def test_a_reveal_leaves_who_when_and_why(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    with desk.acting(cast.actor("li")) as act:
        told = reveal_household(act, household, WHY)
    with desk.looking(cast.actor("audit")) as act:
        row = act.session.execute(
            select(AuditRow).where(col(AuditRow.deed) == Deed.REVEAL_HOUSEHOLD)
        ).scalar_one()
    assert told == RevealedHouseholdView(NAME, "138 0000 8000", DOOR)
    assert (row.actor_id, row.deed, row.subject, row.reason, row.at) == (
        cast.li, "household.reveal", f"household:{household}", WHY, desk.clock(),
    )  # fmt: skip
    assert not [secret for secret in (NAME, PHONE, DOOR) if secret in repr(row)]


@pytest.mark.parametrize("reason", ["", "   ", "看看"])
def test_no_reason_worth_the_name_is_refused(desk: Desk, cast: Cast, reason: str) -> None:
    household = a_household(desk, cast)
    with desk.acting(cast.actor("li")) as act, pytest.raises(FactsError):
        reveal_household(act, household, reason)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_household_stays_masked_to_everybody_else(desk: Desk, cast: Cast, who: str) -> None:
    household = a_household(desk, cast)
    with desk.acting(cast.actor(who)) as act, pytest.raises(STRANGERS[who]):
        reveal_household(act, household, WHY)

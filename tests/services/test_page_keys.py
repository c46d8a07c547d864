"""The key of a page comes back from a client, who may have written anything into it."""

from uuid import uuid4

import pytest

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.services.deeds import VERSION_MAX, do_deed
from gridapp.services.desk import Desk
from gridapp.services.notes.mine import list_notes
from gridapp.services.orders import Order
from gridapp.services.visits.lists import HouseholdFilter, list_households
from gridapp.services.visits.read import list_diary
from tests.cast import Cast

pytestmark = pytest.mark.both_databases
FAR = ["9" * 19, "9" * 30, "9" * 5_000, "-1", "1_0", "１"]


@pytest.mark.parametrize("number", FAR)
def test_a_key_that_no_row_has_is_refused_by_every_list(
    desk: Desk, cast: Cast, number: str
) -> None:
    key = f"2026-06-10_{number}"
    with desk.looking(cast.actor("li")) as act:
        for read in (
            lambda: list_households(act, HouseholdFilter(after=key)),
            lambda: list_diary(act, key),
            lambda: list_notes(act, number),
        ):
            with pytest.raises(FactsError):
                read()


@pytest.mark.parametrize("version", [-1, VERSION_MAX + 1, 10**30])
def test_a_version_that_no_column_keeps_is_refused(desk: Desk, cast: Cast, version: int) -> None:
    order = Order(Deed.WRITE_NOTE, facts={"text": "试验"}, version=version, uid=uuid4())
    with desk.acting(cast.actor("li")) as act, pytest.raises(FactsError):
        do_deed(act, order)

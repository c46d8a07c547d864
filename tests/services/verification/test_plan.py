"""A round is started in reach and over something, and takes nothing once it is ended."""

from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import VerificationItem
from tests.cast import Cast
from tests.makers import do
from tests.services.register.records import household
from tests.services.verification.rounds import a_round, see, verify


@pytest.fixture
def home(desk: Desk, cast: Cast) -> str:
    """A household in grid 1."""
    return household(desk, cast)


def test_an_ended_round_takes_nothing_more(desk: Desk, cast: Cast, home: str) -> None:
    made = a_round(desk, cast)
    do(desk, cast.actor("chen"), Deed.END_VERIFICATION, made, version=1)
    with pytest.raises(ConflictError):
        verify(desk, cast, made, home)
    with pytest.raises(ConflictError):
        do(desk, cast.actor("chen"), Deed.END_VERIFICATION, made)
    assert see(desk, cast, made).line.is_ended


@pytest.mark.parametrize(
    ("by", "facts", "refusal"),
    [
        ("li", {}, NotAllowedError),
        ("wang", {}, NotAllowedError),
        ("chen", {"grids": ["310107022002"]}, NotThereError),
        ("admin", {"grids": []}, FactsError),
        ("admin", {"ends_on": "2026-06-09"}, FactsError),
        ("admin", {"grids": ["310107022002"]}, FactsError),
        ("admin", {"kinds": ["castle"]}, FactsError),
    ],
)
def test_a_round_needs_a_grid_in_reach_days_and_something_to_verify(
    desk: Desk, cast: Cast, home: str, by: str, facts: dict[str, Any], refusal: type[GridappError]
) -> None:
    with pytest.raises(refusal):
        a_round(desk, cast, by, **facts)
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(VerificationItem)).all() == [], home

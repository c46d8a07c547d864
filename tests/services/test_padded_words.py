"""A reason padded with what nobody sees is as long as what is seen of it."""

from typing import Any

import pytest

from gridapp.domain.errors import FactsError
from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.reveal import reveal_reporter
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import a_case, do

PADDED = [
    "查\u200b\u200b\u200b\u200b",
    "查 \u3000 \u00a0 看",
    "\u2060查\u2060看\u2060\ufe0f",
    "查\u3164\u3164\u3164",
]


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" 查 看 ", 2), ("查\u200b看", 2), ("👨\u200d👩\u200d👧", 3)]
)
def test_only_what_is_seen_counts(text: str, count: int) -> None:
    assert shown_count(text) == count


@pytest.mark.parametrize("reason", PADDED)
def test_a_padded_reason_reveals_nobody(desk: Desk, cast: Cast, reason: str) -> None:
    case = a_case(desk, cast, Status.REPORTED, phone="13812345678")
    with desk.acting(cast.actor("wang")) as act, pytest.raises(FactsError):
        reveal_reporter(act, case.no, reason)


@pytest.mark.parametrize("reason", PADDED)
def test_a_padded_reason_is_too_short_for_a_deed(desk: Desk, cast: Cast, reason: str) -> None:
    case = a_case(desk, cast, Status.REPORTED, phone="13812345678")
    facts: dict[str, Any] = {"kind": "phone", "words": reason}
    with pytest.raises(FactsError) as refused:
        do(desk, cast.actor("wang"), Deed.BLOCK, case.no, **facts)
    assert refused.value.facts["fields"]["words"] == "至少 4 个字"

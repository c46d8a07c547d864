"""A text of which nobody would see anything is empty; what joins visible signs stays."""

import pytest

from gridapp.domain.visible import shows_nothing

UNSEEN = [
    "", " ", "\u3000", "\u200b", "\u200e\u200f", "\u3164", "\u00ad", "\ufe0f", "\U000e0100",
    "\U000e0041\U000e007f", "\u115f\u1160", "\uffa0", "\u2800", "\u034f", "\u180e", "\u2060\ufeff",
    "\n\u200d\t",
]  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN)
def test_nobody_sees_anything_of_it(text: str) -> None:
    assert shows_nothing(text)


@pytest.mark.parametrize(
    "text", ["路", "👨\u200d👩\u200d👧", "葛\U000e0100", "。", "👍", "\u200b1"]
)
def test_one_visible_sign_is_enough(text: str) -> None:
    assert not shows_nothing(text)

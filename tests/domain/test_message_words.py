"""The words of messages: every blank is known and filled, and its price is told."""

import pytest

from gridapp.domain.message_words import (
    DEFAULT_TEXTS,
    PLACEHOLDERS,
    fill_text,
    message_words,
    sms_parts,
    text_fault,
)
from gridapp.domain.telling import Occasion

EVERYTHING = dict.fromkeys(("no", "due", "reply", "outcome", "resume", "words", "into"), "那")


def test_every_occasion_has_words_without_a_fault() -> None:
    assert set(DEFAULT_TEXTS) == set(PLACEHOLDERS) == set(Occasion)
    assert [text_fault(each, text) for each, text in DEFAULT_TEXTS.items()] == [""] * len(Occasion)


@pytest.mark.parametrize("occasion", Occasion)
def test_no_message_leaves_with_a_blank(occasion: Occasion) -> None:
    own = "".join(f"{{{name}}}" for name in PLACEHOLDERS[occasion])
    assert message_words(occasion, own, **EVERYTHING) == "那" * len(PLACEHOLDERS[occasion])
    assert "{" not in message_words(occasion, **EVERYTHING)


@pytest.mark.parametrize(
    "text", ["{unknown}", "{编号.__class__}", "{}", "{答复}", "{编号", "}编号"]
)
def test_an_unknown_blank_is_refused_and_never_sent(text: str) -> None:
    assert text_fault(Occasion.RECEIVED, text)
    sent = message_words(Occasion.RECEIVED, text, no="42", due="明天前")
    assert sent == "您上报的事已收到，编号 42，明天前答复您。"


def test_the_refusal_names_the_blank_and_what_can_be_used() -> None:
    fault = text_fault(Occasion.RECEIVED, "{unknown}")
    assert fault == "没有「{unknown}」这一项，这里可以用：{编号}、{期限}。"


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill_text("{答复}", {"答复": "{编号}", "编号": "42"}) == "{编号}"


@pytest.mark.parametrize(
    ("text", "counted"),
    [("字" * 70, (70, 1)), ("字" * 71, (71, 2)), ("字" * 134, (134, 2)), ("字" * 135, (135, 3)),
     ("😀", (2, 1)), ("", (0, 1))],
)  # fmt: skip
def test_signs_and_parts_are_counted_as_carriers_do(text: str, counted: tuple[int, int]) -> None:
    assert sms_parts(text) == counted

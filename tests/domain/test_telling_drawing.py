"""TOLD drawn a second time, by hand: what the reporter is told of, and what not."""

import pytest

from gridapp.domain.message_words import QUOTED_MAX_CHARACTERS, message_words, with_link
from gridapp.domain.telling import CASE_MAX_COUNT, TOLD, Occasion, is_told, most_before
from gridapp.domain.vocabulary import Deed

# deed -> what the message is about; whatever is not drawn is told to nobody.
DRAWING = """
case.report    received
case.decline   declined
case.dispatch  dispatched
case.pause     paused
case.extend    extended
case.handle    handled
case.settle    settled
case.close     closed
case.merge     merged
case.reopen    reopened
"""
CELLS = {Deed(deed): Occasion(what) for deed, what in map(str.split, DRAWING.split("\n")[1:-1])}


def test_a_deed_is_told_if_it_is_drawn_and_else_not() -> None:
    assert TOLD == CELLS
    assert {deed for deed in Deed if is_told(deed, dispatch_count=1)} == set(CELLS)


def test_sent_on_to_another_unit_is_not_told_again() -> None:
    assert [is_told(Deed.DISPATCH, dispatch_count=count) for count in (1, 2, 3)] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("occasion", list(Occasion))
def test_the_last_message_is_kept_for_how_it_ended(occasion: Occasion) -> None:
    ends = {"declined", "settled", "closed", "merged"}
    assert most_before(occasion) == CASE_MAX_COUNT - (occasion.value not in ends)


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_message_fits_a_phone_and_speaks_chinese(occasion: Occasion) -> None:
    facts = dict.fromkeys(("no", "due", "resume", "outcome", "into"), "某")
    said = message_words(occasion, reply="修" * 500, words="等" * 500, **facts)
    assert len(said) <= QUOTED_MAX_CHARACTERS + 60
    assert "{" not in said
    assert not set(said) & set(",:;?!()")


def test_what_is_quoted_is_no_template() -> None:
    said = message_words(Occasion.DECLINED, no="1", reply="{no} {0} {due.__class__}")
    assert said.endswith("{no} {0} {due.__class__}")


def test_the_link_stands_behind_and_the_name_before() -> None:
    assert with_link("已收到。", "https://g.cn/c/x", "真如街道") == (
        "【真如街道】已收到。 查看：https://g.cn/c/x"
    )
    assert with_link("已收到。", "") == "已收到。"

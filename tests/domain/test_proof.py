"""The work a hot place asks for: good for one report at one place, for ten minutes, unforgeable."""

import hashlib
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain.proof import EASY_BITS, bits_at, is_proven, make_challenge, zero_bits
from tests.clock import NOON

SECRET = "a secret of the tests, long enough"
UID, OTHER = UUID(int=1), UUID(int=2)
CHALLENGE = make_challenge(SECRET, UID, "7", EASY_BITS, NOON)


def solve(challenge: str) -> str:
    """Do the work as a phone does it."""
    bits = int(challenge.split(".", maxsplit=1)[0])
    answers = (f"{challenge}:{counter}" for counter in count())
    return next(a for a in answers if zero_bits(hashlib.sha256(a.encode()).digest()) >= bits)


ANSWER = solve(CHALLENGE)


def proven(answer: str = ANSWER, *, uid: UUID = UID, place: str = "7", late_s: float = 0) -> bool:
    return is_proven(SECRET, answer, uid, place, EASY_BITS, NOON + timedelta(seconds=late_s))


def test_work_that_was_done_is_taken_again_for_the_same_report() -> None:
    assert proven()
    assert proven(late_s=599)


def test_it_is_good_for_no_other_report_place_or_time() -> None:
    assert not proven(uid=OTHER)
    assert not proven(place="8")
    assert not proven(late_s=600)


def test_a_wrong_clock_of_the_phone_changes_nothing() -> None:
    # The phone's clock is not asked: what ends is signed by the house, and so is told by its own.
    assert CHALLENGE.split(".")[1] == str(int((NOON + timedelta(minutes=10)).timestamp()))


def test_easier_than_asked_is_not_enough_and_harder_is() -> None:
    easy = make_challenge(SECRET, UID, "7", EASY_BITS - 4, NOON)
    assert not proven(solve(easy))
    assert proven(solve(make_challenge(SECRET, UID, "7", EASY_BITS + 1, NOON)))


@pytest.mark.parametrize("part", range(3))
def test_a_challenge_with_one_sign_changed_is_no_challenge(part: int) -> None:
    parts = CHALLENGE.split(".")
    parts[part] = parts[part][:-1] + ("1" if parts[part][-1] != "1" else "2")
    assert not proven(solve(".".join(parts)))


def test_another_house_signs_otherwise() -> None:
    theirs = make_challenge("another secret, as long as ours is", UID, "7", EASY_BITS, NOON)
    assert not proven(solve(theirs))


def test_without_the_work_the_challenge_alone_is_nothing() -> None:
    assert not proven(CHALLENGE)
    idle = (f"{CHALLENGE}:{n}" for n in count())
    assert not proven(next(a for a in idle if zero_bits(hashlib.sha256(a.encode()).digest()) < 1))


@given(st.text(max_size=200) | st.just(ANSWER + "\n") | st.just(ANSWER.replace(".", "．", 1)))
def test_whatever_is_sent_is_answered_and_none_of_it_passes(sent: str) -> None:
    assert not proven(sent)


def test_zero_bits_are_counted_from_the_front() -> None:
    counted = [zero_bits(bytes.fromhex(digest)) for digest in ("ff", "7f", "01", "00ff", "0000")]
    assert counted == [0, 1, 7, 8, 16]


def test_the_hotter_a_place_the_harder_the_work() -> None:
    bits = [bits_at(count, 30, 60) for count in range(31, 61)]
    assert bits == sorted(bits)
    assert (bits[0], bits[7], bits[8], bits[-1]) == (18, 18, 20, 24)

"""How long still is a guess from what was done: made at a step forward, counted down between."""

from pathlib import Path
from uuid import uuid4

import pytest

from gridapp.jobs import hand as hands
from gridapp.jobs.hand import Hand
from gridapp.services.desk import RESIDENT


class _Watch:
    """A monotonic clock that a test moves."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> _Watch:
    watch = _Watch()
    monkeypatch.setattr(hands, "time", watch)
    return watch


def told(watch: _Watch, *steps: tuple[str, float, int]) -> list[int | None]:
    """Tell what was done after so many seconds; gives the guesses at what is left."""
    hand = Hand(uuid4(), RESIDENT, {}, Path())
    guesses = []
    for doing, after_s, count in steps:
        watch.now = 100.0 + after_s
        hand.tell(doing, count, 100)
        guesses.append(hand.progress.left_s)
    return guesses


def test_a_step_makes_a_guess_and_waiting_counts_it_down(watch: _Watch) -> None:
    steps = [("排版", 0, 0), ("排版", 10, 20), ("排版", 14, 20), ("排版", 99, 20)]
    assert told(watch, *steps) == [None, 40, 36, 0]


def test_what_was_done_before_is_no_speed_of_ours(watch: _Watch) -> None:
    assert told(watch, ("排版", 0, 60), ("排版", 10, 80)) == [None, 10]


def test_another_part_of_the_work_is_guessed_anew(watch: _Watch) -> None:
    assert told(watch, ("排版", 0, 0), ("排版", 10, 50), ("合并", 11, 60)) == [None, 10, None]


def test_a_moment_is_too_short_for_a_guess(watch: _Watch) -> None:
    assert told(watch, ("排版", 0, 0), ("排版", 1, 50)) == [None, None]

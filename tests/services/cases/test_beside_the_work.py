"""What a reporter says beside the work refuses no deed of staff, and has an end in each hour."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gridapp.domain.errors import ConflictError, GridappError, WordsTooManyError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.move import WORDS_MAX_COUNT
from gridapp.services.cases.read import see_case
from gridapp.services.desk import Actor, Desk
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import TOLD, a_case, do, report


def version(desk: Desk, cast: Cast, no: str) -> int:
    with desk.looking(cast.actor("wang")) as act:
        return see_case(act, no).card.version


def say(desk: Desk, track: str, deed: Deed = Deed.ADD_WORDS, **facts: Any) -> None:
    do(desk, Actor(track=track), deed, track, **(facts or TOLD[deed]))


@pytest.mark.parametrize(
    ("status", "said", "then"),
    [(Status.REPORTED, Deed.ADD_WORDS, Deed.ACCEPT),
     (Status.ACCEPTED, Deed.LEAVE_PHONE, Deed.DISPATCH),
     (Status.VERIFIED, Deed.THANK, Deed.CLOSE), (Status.CLOSED, Deed.RATE, Deed.REOPEN)],
)  # fmt: skip
def test_a_dispatcher_who_read_before_the_reporter_spoke_is_not_refused(
    desk: Desk, cast: Cast, status: Status, said: Deed, then: Deed
) -> None:
    case = a_case(desk, cast, status)
    read = version(desk, cast, case.no)
    say(desk, case.track, said)
    do(desk, cast.actor("wang"), then, case.no, version=read, **TOLD[then])


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_what_staff_says_and_a_reopening_do_refuse_who_has_not_read_it(
    desk: Desk, cast: Cast
) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    read = version(desk, cast, case.no)
    say(desk, case.track, Deed.REOPEN)
    with pytest.raises(ConflictError):
        do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, version=read)
    read = version(desk, cast, case.no)
    do(desk, cast.actor("wang"), Deed.ADD_WORDS, case.no, words="已电话核实")
    with pytest.raises(ConflictError):
        do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, version=read)


def test_words_ratings_and_phones_of_a_case_have_an_end_together(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = report(desk, cast)
    for number in range(WORDS_MAX_COUNT):
        clock.forward(minutes=1)
        say(desk, case.track, words=f"又说一句{number}")
    with pytest.raises(WordsTooManyError) as refusal:
        say(desk, case.track, Deed.LEAVE_PHONE)
    assert refusal.value.facts == {"retry_after_s": (61 - WORDS_MAX_COUNT) * 60}
    do(desk, cast.actor("wang"), Deed.ADD_WORDS, case.no, words="已电话核实")
    clock.forward(minutes=61 - WORDS_MAX_COUNT)
    say(desk, case.track)


def test_words_that_come_at_once_are_counted_exactly(own_desk: Desk, cast: Cast) -> None:
    track = report(own_desk, cast).track

    def try_it(number: int) -> bool:
        try:
            say(own_desk, track, words=f"同时说{number}")
        except GridappError:
            return False
        return True

    with ThreadPoolExecutor(6) as people:
        said = list(people.map(try_it, range(WORDS_MAX_COUNT + 4)))
    assert sum(said) == WORDS_MAX_COUNT

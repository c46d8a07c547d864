"""MOVES drawn a second time, by hand: what is drawn works, and everything else is refused.

Rows are deeds, columns the status before, cells the status after. ``=`` stays, ``back`` returns
to where the case was paused, ``.`` is refused.
"""

import pytest

from gridapp.domain.vocabulary import Colour, Deed, FiveStep, Status
from gridapp.domain.workflow import (
    BIRTHS,
    FINISHED,
    MOVES,
    OPEN,
    colour_of,
    deeds_from,
    status_after,
    step_of,
)

DRAWING = """
               reported accepted dispatched taken    handled    verified   closed   declined paused merged
settle         closed   closed   .          .        .          .          .        .        .      .
accept         accepted .        .          .        .          .          .        .        .      .
decline        declined declined .          .        .          .          .        .        .      .
dispatch       .        dispatched .        .        .          .          .        .        .      .
take           .        .        taken      .        .          .          .        .        .      .
return         .        .        accepted   accepted .          .          .        .        .      .
handle         .        .        .          handled  .          .          .        .        .      .
verify         .        .        .          .        verified   .          .        .        .      .
redo           .        .        .          .        dispatched dispatched .        .        .      .
close          .        .        .          .        .          closed     .        .        .      .
reopen         .        .        .          .        .          .          reported reported .      .
pause          .        paused   paused     paused   .          .          .        .        .      .
resume         .        .        .          .        .          .          .        .        back   .
ask_extension  .        .        =          =        .          .          .        .        .      .
extend         .        .        =          =        .          .          .        .        .      .
let_in         =        .        .          .        .          .          .        .        .      .
undo_sort      =        .        .          .        .          .          .        reported .      reported
urge           =        =        =          =        =          =          .        .        .      .
supervise      =        =        =          =        =          =          .        .        =      .
merge          merged   merged   merged     .        .          .          .        .        .      .
rate           .        .        .          .        .          .          =        .        .      .
add_words      =        =        =          =        =          =          .        .        =      .
thank          .        .        .          .        =          =          =        .        .      .
leave_phone    =        =        =          =        =          =          .        .        =      .
publish        =        =        =          =        =          =          =        =        =      =
unpublish      =        =        =          =        =          =          =        =        =      =
"""  # noqa: E501 - a drawing is read in one piece

HEAD, *ROWS = [line.split() for line in DRAWING.strip().splitlines()]
CELLS = {
    (Deed(f"case.{row[0]}"), Status(before)): cell
    for row in ROWS
    for before, cell in zip(HEAD, row[1:], strict=True)
}
PAUSED_FROM = Status.TAKEN


def drawn(deed: Deed, before: Status) -> Status | None:
    """Read a cell; a deed that is not drawn is refused everywhere."""
    cell = CELLS.get((deed, before), ".")
    if cell == ".":
        return None
    return {"=": before, "back": PAUSED_FROM}.get(cell) or Status(cell)


def moved(deed: Deed) -> dict[Status, Status | None]:
    return {before: status_after(deed, before, paused_from=PAUSED_FROM) for before in Status}


@pytest.mark.parametrize("deed", sorted({deed for deed, _ in CELLS}))
def test_a_move_works_if_it_is_drawn_and_is_refused_if_not(deed: Deed) -> None:
    assert moved(deed) == {before: drawn(deed, before) for before in Status}


def test_a_deed_that_is_not_drawn_moves_no_case() -> None:
    undrawn = set(Deed) - {deed for deed, _ in CELLS}
    assert [deed for deed in undrawn if any(moved(deed).values())] == []


@pytest.mark.parametrize("before", Status)
def test_the_deeds_offered_are_those_drawn(before: Status) -> None:
    assert deeds_from(before) == {deed for deed in Deed if drawn(deed, before)}


def test_the_drawing_has_every_deed_and_every_status() -> None:
    assert set(HEAD) == set(Status)
    assert {deed for deed, _ in CELLS} == set(MOVES)


def test_a_case_is_born_reported_or_settled() -> None:
    assert BIRTHS == {Deed.REPORT: Status.REPORTED, Deed.SETTLE: Status.CLOSED}


@pytest.mark.parametrize("paused_from", [Status.ACCEPTED, Status.DISPATCHED, Status.TAKEN])
def test_a_resumed_case_goes_back_to_where_it_was_paused(paused_from: Status) -> None:
    assert status_after(Deed.PAUSE, paused_from) == Status.PAUSED
    assert status_after(Deed.RESUME, Status.PAUSED, paused_from=paused_from) == paused_from


def test_nobody_knows_where_to_go_back_to_when_it_was_not_kept() -> None:
    assert status_after(Deed.RESUME, Status.PAUSED) is None


# status, its colour when nobody settled it, its step of the five
VIEWS = """
reported    red    find
accepted    red    find
dispatched  red    coordinate
taken       red    coordinate
paused      red    coordinate
handled     red    resolve
verified    red    resolve
declined    green  resolve
closed      green  follow
merged      green  follow
"""
VIEW_ROWS = [line.split() for line in VIEWS.strip().splitlines()]


@pytest.mark.parametrize(("status", "colour", "step"), VIEW_ROWS)
def test_colour_and_step_are_views_of_the_status(status: str, colour: str, step: str) -> None:
    assert colour_of(Status(status), settled=False) == Colour(colour)
    assert step_of(Status(status)) == FiveStep(step)


@pytest.mark.parametrize("status", sorted(FINISHED))
def test_what_was_settled_on_the_spot_is_yellow(status: Status) -> None:
    assert colour_of(status, settled=True) == Colour.YELLOW


def test_every_status_is_open_or_finished_and_has_its_views() -> None:
    assert set(Status) == OPEN | FINISHED
    assert not OPEN & FINISHED
    assert {row[0] for row in VIEW_ROWS} == set(Status)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_no_open_case_is_a_dead_end(status: Status) -> None:
    after = {status_after(deed, status, paused_from=Status.TAKEN) for deed in Deed}
    assert after - {status, None}

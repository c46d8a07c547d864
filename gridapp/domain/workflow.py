"""A case's life: one table of moves, and the views computed from a status.

Source: the seven stages 上报 受理 派遣 接单 处置 核查 结案 of the urban-management practice; the
table is drawn a second time by hand in ``tests/domain/test_workflow_drawing.py``.
"""

from collections.abc import Mapping
from typing import Final

from gridapp.domain.vocabulary import Colour, Deed, FiveStep, Status

S, D = Status, Deed

OPEN: Final = frozenset(
    {S.REPORTED, S.ACCEPTED, S.DISPATCHED, S.TAKEN, S.HANDLED, S.VERIFIED, S.PAUSED}
)
FINISHED: Final = frozenset({S.CLOSED, S.DECLINED, S.MERGED})

REOPEN_WITHIN_DAYS: Final = 15
RETURNS_BEFORE_SUPERVISION: Final = 2

_STAY_WHILE_OPEN = {status: status for status in OPEN}

# deed -> {status before: status after}. What is not written here is refused.
MOVES: Final[Mapping[Deed, Mapping[Status, Status]]] = {
    D.SETTLE: {S.REPORTED: S.CLOSED, S.ACCEPTED: S.CLOSED},
    D.ACCEPT: {S.REPORTED: S.ACCEPTED},
    D.DECLINE: {S.REPORTED: S.DECLINED, S.ACCEPTED: S.DECLINED},
    D.DISPATCH: {S.ACCEPTED: S.DISPATCHED},
    D.TAKE: {S.DISPATCHED: S.TAKEN},
    D.RETURN: {S.DISPATCHED: S.ACCEPTED, S.TAKEN: S.ACCEPTED},
    D.HANDLE: {S.TAKEN: S.HANDLED},
    D.VERIFY: {S.HANDLED: S.VERIFIED},
    D.REDO: {S.HANDLED: S.DISPATCHED, S.VERIFIED: S.DISPATCHED},
    D.CLOSE: {S.VERIFIED: S.CLOSED},
    D.REOPEN: {S.CLOSED: S.REPORTED, S.DECLINED: S.REPORTED},
    D.PAUSE: {S.ACCEPTED: S.PAUSED, S.DISPATCHED: S.PAUSED, S.TAKEN: S.PAUSED},
    # A resumed case goes back to where it was paused: see ``status_after``.
    D.RESUME: {S.PAUSED: S.PAUSED},
    D.ASK_EXTENSION: {S.DISPATCHED: S.DISPATCHED, S.TAKEN: S.TAKEN},
    D.EXTEND: {S.DISPATCHED: S.DISPATCHED, S.TAKEN: S.TAKEN},
    # What was set aside is let in, and what was done with it there is taken back (``cases.aside``).
    D.LET_IN: {S.REPORTED: S.REPORTED},
    D.UNDO_SORT: dict.fromkeys((S.REPORTED, S.DECLINED, S.MERGED), S.REPORTED),
    # A paused case has no clock to urge on.
    D.URGE: {status: status for status in OPEN - {S.PAUSED}},
    D.SUPERVISE: _STAY_WHILE_OPEN,
    D.MERGE: {S.REPORTED: S.MERGED, S.ACCEPTED: S.MERGED, S.DISPATCHED: S.MERGED},
    D.RATE: {S.CLOSED: S.CLOSED},
    D.ADD_WORDS: _STAY_WHILE_OPEN,
    D.THANK: {status: status for status in (S.HANDLED, S.VERIFIED, S.CLOSED)},
    D.LEAVE_PHONE: _STAY_WHILE_OPEN,
    # Whatever has become of it, what everybody may read can be released and taken back.
    D.PUBLISH: {status: status for status in Status},
    D.UNPUBLISH: {status: status for status in Status},
}  # fmt: skip

# What a reporter says beside the work. It moves no version: a dispatcher who has read the case a
# moment ago is not refused because of it.
BESIDE_THE_WORK: Final = frozenset({D.ADD_WORDS, D.RATE, D.THANK, D.LEAVE_PHONE})

# The status a case is born in, by the deed that makes it.
BIRTHS: Final[Mapping[Deed, Status]] = {D.REPORT: S.REPORTED, D.SETTLE: S.CLOSED}


def status_after(deed: Deed, before: Status, *, paused_from: Status | None = None) -> Status | None:
    """Tell the status after a deed, or None when the deed does not apply.

    Args:
        deed: What is to be done.
        before: The case's present status.
        paused_from: The status in which a paused case was paused.
    """
    if deed is D.RESUME and before is S.PAUSED:
        return paused_from
    return MOVES.get(deed, {}).get(before)


def is_beside_the_work(deed: Deed, *, is_staff: bool) -> bool:
    """Tell whether a deed moves no version: what a reporter says, not what staff adds."""
    return not is_staff and deed in BESIDE_THE_WORK


def deeds_from(status: Status) -> frozenset[Deed]:
    """List the deeds that apply to a case in this status, whoever does them."""
    return frozenset(deed for deed, moves in MOVES.items() if status in moves)


def colour_of(status: Status, *, settled: bool) -> Colour:
    """Compute the three-colour view: yellow was settled on the spot, green is finished."""
    if status not in FINISHED:
        return Colour.RED
    return Colour.YELLOW if settled else Colour.GREEN


_STEP_OF: Final[Mapping[Status, FiveStep]] = {
    S.REPORTED: FiveStep.FIND,
    S.ACCEPTED: FiveStep.FIND,
    S.DISPATCHED: FiveStep.COORDINATE,
    S.TAKEN: FiveStep.COORDINATE,
    S.PAUSED: FiveStep.COORDINATE,
    S.HANDLED: FiveStep.RESOLVE,
    S.VERIFIED: FiveStep.RESOLVE,
    S.DECLINED: FiveStep.RESOLVE,
    S.CLOSED: FiveStep.FOLLOW,
    S.MERGED: FiveStep.FOLLOW,
}


def step_of(status: Status) -> FiveStep:
    """Compute where the case stands in the five-step closed loop."""
    return _STEP_OF[status]

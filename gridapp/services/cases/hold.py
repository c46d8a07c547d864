"""Stops and moves the clock of a case: pause, resume, extend (挂起 恢复 延期)."""

from datetime import datetime
from typing import Any

from gridapp.domain.deadlines import after_pause
from gridapp.domain.errors import FactsError
from gridapp.domain.promising import Extended, Paused, promise_after
from gridapp.domain.vocabulary import Deed
from gridapp.services.calendar.promises import limit_of_row, promised_values, standing_of
from gridapp.services.calendar.town import town_calendar
from gridapp.services.cases.centre import WordsFacts
from gridapp.services.cases.events import RESUMED_AT
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order, Words
from gridapp.services.times import Moment
from gridapp.services.verbs import verb
from gridapp.tables import Case


class PauseFacts(Facts):
    """Why the clock stops, and when it is to go on."""

    words: NeededWords
    resume_at: Moment


class ExtendFacts(Facts):
    """Until when; without a moment, the one that was asked for is granted."""

    words: Words = ""
    to: Moment | None = None


@verb(Deed.PAUSE, PauseFacts)
def pause_case(act: Act, order: Order, facts: PauseFacts) -> dict[str, Any]:
    """Stop the clock with a reason and a date on which to resume.

    Raises:
        FactsError: The date has passed.
    """
    row = open_for(act, order, Deed.PAUSE).row
    if facts.resume_at <= act.now:
        raise FactsError("恢复时间要晚于现在。", fields={"resume_at": "要晚于现在"})
    move_case(
        act, row, Deed.PAUSE, order, words=facts.words, is_public=True,
        facts={"resume_at": facts.resume_at.isoformat()},
        paused_from=row.status, paused_at=moment_of(act, row, order), resume_at=facts.resume_at,
    )  # fmt: skip
    return reply_of(row, order.uid)


@verb(Deed.RESUME, WordsFacts)
def resume_case(act: Act, order: Order, facts: WordsFacts) -> dict[str, Any]:
    """Let the clock go on: the due moments move by what was paused."""
    row = open_for(act, order, Deed.RESUME).row
    resume_row(act, row, order, facts.words, moment_of(act, row, order))
    return reply_of(row, order.uid)


def resume_row(act: Act, row: Case, order: Order, words: str, resumed_at: datetime) -> None:
    """Resume a case that is already open; the clock goes on from ``resumed_at``.

    Raises:
        MoveRefusedError: It is not paused.
        ConflictError: Somebody else was faster.
    """
    assert row.paused_at is not None, "a paused case knows since when"
    calendar, paused = town_calendar(act), Paused(row.paused_at, resumed_at)
    shifted = promised_values(promise_after(standing_of(row), paused, calendar))
    step_due_at = row.step_due_at and after_pause(
        row.step_due_at, limit_of_row(row),
        paused_at=row.paused_at, resumed_at=resumed_at, calendar=calendar,
    )  # fmt: skip
    move_case(
        act, row, Deed.RESUME, order, words=words, is_public=True,
        facts={RESUMED_AT: resumed_at.isoformat()},
        paused_from=None, paused_at=None, resume_at=None, step_due_at=step_due_at,
        moved_at=resumed_at, **shifted,
    )  # fmt: skip


@verb(Deed.EXTEND, ExtendFacts)
def extend_case(act: Act, order: Order, facts: ExtendFacts) -> dict[str, Any]:
    """Grant more time; the first promise stays visible, and a promise missed stays missed.

    Raises:
        FactsError: Nobody asked and no moment is given, or it is not later than the due moment.
    """
    row = open_for(act, order, Deed.EXTEND).row
    to = facts.to or row.extension_asked_to
    if to is None or to <= row.due_at:
        raise FactsError("请给出晚于现在期限的时间。", fields={"to": "要晚于现在的期限"})
    at = moment_of(act, row, order)
    granted = "extended_late_at" if row.due_at < at else "extended_at"
    standing = promise_after(standing_of(row), Extended(at, to), town_calendar(act))
    move_case(
        act, row, Deed.EXTEND, order, words=facts.words, is_public=True,
        facts={"from": row.due_at.isoformat(), "to": to.isoformat()},
        step_due_at=to, extension_asked_to=None, extension_count=row.extension_count + 1,
        warned_at=None, **(promised_values(standing) | {granted: at}),
    )  # fmt: skip
    return reply_of(row, order.uid)

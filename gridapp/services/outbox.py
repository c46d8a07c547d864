"""Promises a message inside a transaction; a job takes it later, delivers it, and says so."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, and_, insert, or_, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import Case, OutboxMessage

WAITING, TAKEN, SENT, FAILED = "waiting", "taken", "sent", "failed"

# How long to wait after each failure; after the last one the message is given up.
_PAUSES: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480))
# Whoever took a message this long ago has died with it.
_ABANDONED_AFTER: Final = timedelta(minutes=5)
_ERROR_CHARACTERS: Final = 200


@dataclass(frozen=True)
class TakenMessage:
    """A message in the hands of one job."""

    id: int
    channel: str
    address: str
    body: str
    attempt_count: int


def promise_message(act: Act, case: Case, body: str) -> None:
    """Promise the reporter a message; without a phone there is nobody to tell."""
    promise_message_to(act, case.reporter_phone, body, case.id)


def promise_message_to(act: Act, phone: str, body: str, case_id: int | None) -> None:
    """Promise a message to a phone; without one there is nobody to tell."""
    if not phone:
        return
    act.session.execute(
        insert(OutboxMessage).values(
            channel="sms",
            address=phone,
            body=body,
            case_id=case_id,
            due_at=act.now,
            made_at=act.now,
            status=WAITING,
            attempt_count=0,
            last_error="",
        )
    )


def take_messages(act: Act, most_count: int = 20) -> list[TakenMessage]:
    """Take messages that are due, each by one job only however many ask at once."""
    due = (
        select(OutboxMessage)
        .where(_is_due(act))
        .order_by(col(OutboxMessage.due_at), col(OutboxMessage.id))
        .limit(most_count)
    )
    rows: list[OutboxMessage] = list(act.session.execute(due).scalars())
    return [message for row in rows if (message := _take(act, row))]


def _is_due(act: Act) -> ColumnElement[bool]:
    status, due_at = col(OutboxMessage.status), col(OutboxMessage.due_at)
    abandoned = col(OutboxMessage.taken_at) < act.now - _ABANDONED_AFTER
    return or_(and_(status == WAITING, due_at <= act.now), and_(status == TAKEN, abandoned))


def _take(act: Act, row: OutboxMessage) -> TakenMessage | None:
    assert row.id is not None
    taken = _change(act, row.id, row.attempt_count, status=TAKEN, taken_at=act.now, is_attempt=True)
    if not taken:
        return None
    return TakenMessage(row.id, row.channel, row.address, row.body, row.attempt_count + 1)


def note_sent(act: Act, message: TakenMessage) -> None:
    """Write down that a message was delivered."""
    _change(act, message.id, message.attempt_count, status=SENT, sent_at=act.now, last_error="")


def note_failed(act: Act, message: TakenMessage, error: str) -> None:
    """Write down that a delivery failed: it is tried again later, or given up in the end."""
    is_last = message.attempt_count > len(_PAUSES)
    later: dict[str, Any] = (
        {} if is_last else {"due_at": act.now + _PAUSES[message.attempt_count - 1]}
    )
    _change(
        act,
        message.id,
        message.attempt_count,
        status=FAILED if is_last else WAITING,
        last_error=error[:_ERROR_CHARACTERS],
        **later,
    )


def _change(
    act: Act, message_id: int, tried_count: int, *, is_attempt: bool = False, **values: Any
) -> bool:
    """Change a message unless somebody else has tried it meanwhile."""
    done = act.session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == message_id)
        .where(col(OutboxMessage.attempt_count) == tried_count)
        .values(attempt_count=tried_count + is_attempt, **values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1

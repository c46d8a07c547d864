"""Promises a message inside a transaction; a job takes it later, delivers it, and says so."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, CursorResult, and_, insert, or_, select, update
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import OutboxMessage

WAITING, TAKEN, SENT, FAILED = "waiting", "taken", "sent", "failed"
SMS, PUSH = "sms", "push"

# How long to wait after each failure; after the last one the message is given up.
_PAUSES: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480))
# Whoever took a message this long ago has died with it.
_ABANDONED_AFTER: Final = timedelta(minutes=5)
_ERROR_CHARACTERS: Final = 200
_KEYS: Final = UUID("d6d7d7ad-9d0a-4f8e-8a55-6b7a1d0c5f11")


@dataclass(frozen=True)
class TakenMessage:
    """A message in the hands of one job.

    Args:
        key: The same each time the message is tried: whoever carries it knows it by this.
        track: The tracking token whose link goes behind the words, or empty.
    """

    id: int
    channel: str
    address: str
    body: str
    track: str
    key: UUID
    attempt_count: int


def promise_sms(act: Act, phone: str, body: str, *, case_id: int | None, track: str = "") -> None:
    """Promise a short message to a phone; without one there is nobody to tell."""
    if phone:
        _promise(act, SMS, phone, body, case_id, track)


def promise_push(act: Act, subscription: UUID, body: str, *, case_id: int, track: str) -> None:
    """Promise a notice to a browser that has asked for them."""
    _promise(act, PUSH, str(subscription), body, case_id, track)


def _promise(  # noqa: PLR0913, PLR0917 - a message has so many parts
    act: Act, channel: str, address: str, body: str, case_id: int | None, track: str
) -> None:
    act.session.execute(
        insert(OutboxMessage).values(
            channel=channel,
            address=address,
            body=body,
            track=track,
            case_id=case_id,
            due_at=act.now,
            made_at=act.now,
            status=WAITING,
            attempt_count=0,
            last_error="",
        )
    )


def take_message(act: Act, channel: str) -> TakenMessage | None:
    """Take the message of a channel that has been due the longest, or None when none is due.

    One at a time: what is taken is sent at once, so that little is in doubt when a job dies.
    """
    due = (
        select(OutboxMessage)
        .where(_is_due(act), col(OutboxMessage.channel) == channel)
        .order_by(col(OutboxMessage.due_at), col(OutboxMessage.id))
        .limit(1)
    )
    row: OutboxMessage | None = act.session.execute(due).scalar_one_or_none()
    return _take(act, row) if row is not None else None


def _is_due(act: Act) -> ColumnElement[bool]:
    status, due_at = col(OutboxMessage.status), col(OutboxMessage.due_at)
    abandoned = col(OutboxMessage.taken_at) < act.now - _ABANDONED_AFTER
    return or_(and_(status == WAITING, due_at <= act.now), and_(status == TAKEN, abandoned))


def _take(act: Act, row: OutboxMessage) -> TakenMessage | None:
    assert row.id is not None
    taken = _change(act, row.id, row.attempt_count, status=TAKEN, taken_at=act.now, is_attempt=True)
    if not taken:
        return None
    return TakenMessage(
        id=row.id,
        channel=row.channel,
        address=row.address,
        body=row.body,
        track=row.track,
        key=uuid5(_KEYS, f"{row.id}/{row.made_at.isoformat()}"),
        attempt_count=row.attempt_count + 1,
    )


def note_sent(act: Act, message: TakenMessage) -> None:
    """Write down that a message was delivered."""
    _change(act, message.id, message.attempt_count, status=SENT, sent_at=act.now, last_error="")


def note_failed(act: Act, message: TakenMessage, error: str, *, is_final: bool = False) -> None:
    """Write down that a delivery failed: it is tried again later, or given up in the end.

    Args:
        act: The transaction.
        message: Which.
        error: What the other side said; nothing of the message itself.
        is_final: Whether trying again is of no use.
    """
    is_last = is_final or message.attempt_count > len(_PAUSES)
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

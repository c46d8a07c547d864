"""Messages that are promised inside a transaction and delivered later by a job."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class OutboxMessage(SQLModel, table=True):
    """A message to one address; ``taken_at`` is set by the one job that delivers it.

    ``address`` is a phone, or the id of a push subscription. ``track`` is the tracking token whose
    link is put behind the words when they leave the house.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_status_due_at", "status", "due_at"),
        Index("ix_outbox_message_address_made_at", "address", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=16)
    address: str = Field(max_length=200)
    body: str = Field(sa_type=Text)
    track: str = Field(default="", max_length=32, sa_column_kwargs={"server_default": ""})
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    status: str = Field(default="waiting", max_length=16)
    attempt_count: int = 0
    due_at: datetime = Field(sa_type=UtcMoment)
    taken_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    sent_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    last_error: str = Field(default="", max_length=200)
    made_at: datetime = Field(sa_type=UtcMoment)


class PushSubscription(SQLModel, table=True):
    """A browser that wants to be told of a case; the keys are the browser's, for it alone to read.

    ``uid`` is the id that the browser gave it.
    """

    __tablename__ = "push_subscription"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    endpoint: str = Field(sa_type=Text)
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=32)
    made_at: datetime = Field(sa_type=UtcMoment)

"""Deeds done by staff: the client's id is the key, so the same deed is done once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, false
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class DeedDone(SQLModel, table=True):
    """A deed and the reply it was given, to be given again when it is sent again.

    ``clock_wrong``: the device's clock said what cannot be (year 1, 9999), so that ``done_at`` is
    not known.
    """

    __tablename__ = "deed_done"

    uid: UUID = Field(primary_key=True)
    deed: str = Field(max_length=32)
    subject: str = Field(default="", max_length=64)
    digest: str = Field(max_length=64)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reply: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    done_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    clock_wrong: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    received_at: datetime = Field(sa_type=UtcMoment)

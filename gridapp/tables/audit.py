"""Who did or saw what that must be answered for: appended, never edited, kept 184 days or more."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class AuditRow(SQLModel, table=True):
    """One act that is answered for: a sign-in, a reveal with its reason, a change of people."""

    __tablename__ = "audit_row"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcMoment, index=True)
    actor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    deed: str = Field(max_length=40)
    subject: str = Field(default="", max_length=80, index=True)
    reason: str = Field(default="", max_length=200)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)

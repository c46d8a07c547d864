"""Long work: what was asked for, how far it has come, and what came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import WorkKind, WorkState
from gridapp.tables.base import UtcMoment, Word


class Work(SQLModel, table=True):
    """A piece of work that takes longer than a request may wait; ``uid`` is the asker's.

    Whoever runs it counts up ``attempt_count`` and changes the row only under that count, so that
    one who was given up for dead cannot write over the next. ``beat_at`` is their last sign of
    life, ``broken_count`` how often it fell silent. The file lies under its content's hash.
    """

    __tablename__ = "work"
    __table_args__ = (
        Index("ix_work_state_asked_at", "state", "asked_at"),
        Index("ix_work_person_id_kind", "person_id", "kind", "id"),
        Index("ix_work_grid_id_kind", "grid_id", "kind", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    kind: WorkKind = Field(sa_type=Word(WorkKind))
    label: str = Field(max_length=200)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    person_id: int = Field(foreign_key="person.id")
    grid_id: int | None = Field(default=None, foreign_key="grid.id")
    state: WorkState = Field(default=WorkState.WAITING, sa_type=Word(WorkState))
    asked_at: datetime = Field(sa_type=UtcMoment)
    begun_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    beat_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    cancel_asked_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    attempt_count: int = 0
    broken_count: int = 0
    doing: str = Field(default="", max_length=40)
    done_count: int = 0
    total_count: int = 0
    left_s: int | None = None
    fault: str = Field(default="", max_length=1000)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    file_name: str = Field(default="", max_length=120)
    file_type: str = Field(default="", max_length=80)
    file_sha256: str = Field(default="", max_length=64)
    file_bytes: int = Field(default=0, sa_type=BigInteger)
    kept_until: datetime | None = Field(default=None, sa_type=UtcMoment)

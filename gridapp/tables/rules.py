"""What an administrator may change with an effect date: rules, their changes, the care colours."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from gridapp.domain.caring import Hue, Shape
from gridapp.domain.ruling import RuleKind
from gridapp.tables.base import UtcMoment, Word


class Rule(SQLModel, table=True):
    """The head of a rule that has been changed; ``version`` counts changes and cancellations."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: RuleKind = Field(sa_type=Word(RuleKind))
    key: str = Field(max_length=32)
    version: int = 0


class RuleChange(SQLModel, table=True):
    """One change of a rule: appended, cancelled while it lies ahead, never edited.

    ``facts`` holds the changed fields only. The first row of a rule holds how it was before.
    ``applied_at`` is when the change was written into the row that lists read.
    """

    __tablename__ = "rule_change"
    __table_args__ = (Index("ix_rule_change_applied_at_starts_at", "applied_at", "starts_at"),)

    id: int | None = Field(default=None, primary_key=True)
    rule_id: int = Field(foreign_key="rule.id", index=True)
    from_on: date
    starts_at: datetime = Field(sa_type=UtcMoment)
    facts: dict[str, Any] = Field(sa_type=JSON)
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcMoment)
    reason: str = Field(default="", max_length=200)
    cancelled_by_id: int | None = Field(default=None, foreign_key="person.id")
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    applied_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class CareColour(SQLModel, table=True):
    """One of the nine care colours; colour, shape and word always come together."""

    __tablename__ = "care_colour"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    hue: Hue = Field(sa_type=Word(Hue))
    shape: Shape = Field(sa_type=Word(Shape))
    word: str = Field(max_length=4)
    meaning: str = Field(max_length=40)
    interval_days: int = 0
    triggers: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    is_example: bool = True
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)

"""Who may not report unseen: devices, phones and places whose reports are looked at first."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import BlockKind
from gridapp.tables.base import UtcMoment, Word


class Block(SQLModel, table=True):
    """A block with its reason. ``key`` is a keyed hash: neither device nor phone can be read back.

    It holds in one street, from ``made_at`` until ``ends_at``, or until it is lifted.
    """

    __tablename__ = "block"
    __table_args__ = (Index("ix_block_kind_key", "kind", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    kind: BlockKind = Field(sa_type=Word(BlockKind))
    key: str = Field(max_length=64)
    label: str = Field(max_length=200)
    street_id: int = Field(foreign_key="grid.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="case.id")
    reason: str = Field(max_length=200)
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcMoment)
    ends_at: datetime = Field(sa_type=UtcMoment)
    lifted_by_id: int | None = Field(default=None, foreign_key="person.id")
    lifted_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    lift_reason: str = Field(default="", max_length=200)

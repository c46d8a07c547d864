"""What was printed for which place: the last row of a place and sheet is what hangs there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class PrintRecord(SQLModel, table=True):
    """One page that was printed: appended, never edited.

    ``subject`` names the place, as ``building:7``; ``mark`` is the digest of all that the page
    says, by which a page that is no longer true is found; ``parts`` holds a digest of each part,
    which tells why.
    """

    __tablename__ = "print_record"
    __table_args__ = (Index("ix_print_record_sheet_subject", "sheet", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet: str = Field(max_length=16)
    subject: str = Field(max_length=120)
    building_id: int | None = Field(default=None, foreign_key="building.id", index=True)
    grid_id: int | None = Field(default=None, foreign_key="grid.id")
    mark: str = Field(max_length=32)
    parts: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    printed_at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")


class HangRecord(SQLModel, table=True):
    """That a page was seen on its wall: appended, never edited, and nobody must write it."""

    __tablename__ = "hang_record"
    __table_args__ = (Index("ix_hang_record_sheet_subject", "sheet", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    sheet: str = Field(max_length=16)
    subject: str = Field(max_length=120)
    mark: str = Field(max_length=32)
    hung_at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")

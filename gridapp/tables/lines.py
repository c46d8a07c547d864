"""What hangs on a grid beside its people: business lines, pairings, a year's question and theme."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from gridapp.domain.focusing import FocusKind, FocusState
from gridapp.tables.base import UtcMoment, Word


class BusinessLine(SQLModel, table=True):
    """A line of work on the same grids, with its own people: police, market, party (多格合一)."""

    __tablename__ = "business_line"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40, unique=True)
    position: int = 0
    is_example: bool = False
    version: int = 1
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class LineContact(SQLModel, table=True):
    """Who answers for a line in a grid, and in all those below that have nobody of their own."""

    __tablename__ = "line_contact"
    __table_args__ = (Index("uq_line_contact_line_id_grid_id", "line_id", "grid_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="business_line.id")
    grid_id: int = Field(foreign_key="grid.id", index=True)
    name: str = Field(max_length=64)
    phone: str = Field(default="", max_length=32)
    organisation: str = Field(default="", max_length=80)
    version: int = 1


class GridPair(SQLModel, table=True):
    """A dedicated grid and a neighbouring micro-grid that work together (双格共建)."""

    __tablename__ = "grid_pair"
    __table_args__ = (
        Index(
            "uq_grid_pair_standing",
            "dedicated_id",
            "micro_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    dedicated_id: int = Field(foreign_key="grid.id", index=True)
    micro_id: int = Field(foreign_key="grid.id", index=True)
    words: str = Field(default="", max_length=200)
    from_on: date
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


class GridFocus(SQLModel, table=True):
    """A grid's first question or theme of a year (网格第一题, 一格一品), and its state."""

    __tablename__ = "grid_focus"
    __table_args__ = (
        Index("uq_grid_focus_grid_id_year_kind", "grid_id", "year", "kind", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    year: int
    kind: FocusKind = Field(sa_type=Word(FocusKind))
    title: str = Field(max_length=80)
    state: FocusState = Field(default=FocusState.CHOSEN, sa_type=Word(FocusState))
    words: str = Field(default="", max_length=500)
    version: int = 1
    changed_at: datetime = Field(sa_type=UtcMoment)
    changed_by_id: int | None = Field(default=None, foreign_key="person.id")

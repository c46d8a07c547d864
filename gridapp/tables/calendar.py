"""The town's own copy of the work calendar, so that it never depends on an upgrade."""

from datetime import date

from sqlmodel import Field, SQLModel


class CalendarDay(SQLModel, table=True):
    """A day that differs from the weekly pattern."""

    __tablename__ = "calendar_day"

    on: date = Field(primary_key=True)
    kind: str = Field(max_length=16)
    name: str = Field(default="", max_length=40)
    source: str = Field(default="", max_length=40)


class CalendarYear(SQLModel, table=True):
    """A year whose holidays are known."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True)
    source: str = Field(default="", max_length=40)

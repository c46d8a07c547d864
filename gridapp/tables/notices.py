"""What a grid tells its residents: a notice on their home page, for as long as it holds."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class Notice(SQLModel, table=True):
    """A notice for a grid and all below it; shown up to ``until_on``, or until it is taken down."""

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    grid_id: int = Field(foreign_key="grid.id", index=True)
    title: str = Field(max_length=40)
    words: str = Field(sa_type=Text)
    until_on: date
    posted_at: datetime = Field(sa_type=UtcMoment)
    posted_by_id: int | None = Field(default=None, foreign_key="person.id")
    taken_down_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    taken_down_by_id: int | None = Field(default=None, foreign_key="person.id")

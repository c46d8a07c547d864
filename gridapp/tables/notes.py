"""Notes written in three taps; a note can become a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class Note(SQLModel, table=True):
    """What a worker jotted down at a place (随手记)."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_grid_id_received_at", "grid_id", "received_at"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id")
    building_id: int | None = Field(default=None, foreign_key="building.id")
    text: str = Field(sa_type=Text)
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    accuracy_m: float | None = None
    case_id: int | None = Field(default=None, foreign_key="case.id")
    made_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    received_at: datetime = Field(sa_type=UtcMoment)


class NotePhoto(SQLModel, table=True):
    """A photo of a note."""

    __tablename__ = "note_photo"

    note_id: int = Field(foreign_key="note.id", primary_key=True)
    photo_id: int = Field(foreign_key="photo.id", primary_key=True)

"""Check-ins at buildings: by scan, tap or typed code; a position is optional and never asked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class CheckIn(SQLModel, table=True):
    """A worker was at a building."""

    __tablename__ = "check_in"
    __table_args__ = (Index("ix_check_in_grid_id_received_at", "grid_id", "received_at"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id")
    building_id: int = Field(foreign_key="building.id", index=True)
    via: str = Field(default="tap", max_length=8)
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    accuracy_m: float | None = None
    made_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    received_at: datetime = Field(sa_type=UtcMoment)

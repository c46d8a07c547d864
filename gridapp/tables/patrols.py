"""Patrols: points to look at, check-ins there, what was found, and who goes round at night.

A position is optional and never asked; nobody's way is kept, only that a point was seen.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class PatrolPoint(SQLModel, table=True):
    """A building or a named spot that the grid looks at every so many days (巡查点)."""

    __tablename__ = "patrol_point"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    building_id: int | None = Field(default=None, foreign_key="building.id", index=True)
    name: str = Field(max_length=80)
    spot: str = Field(default="", max_length=200)
    every_days: int
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    version: int = 1
    made_at: datetime = Field(sa_type=UtcMoment)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class PatrolRetirement(SQLModel, table=True):
    """A point was taken out of use, why, and when it was brought back: appended, so it stays.

    ``missed_on`` is the due day that had passed unseen by then, or None.
    """

    __tablename__ = "patrol_retirement"

    id: int | None = Field(default=None, primary_key=True)
    point_id: int = Field(foreign_key="patrol_point.id", index=True)
    why: str = Field(default="", max_length=200)
    missed_on: date | None = None
    retired_at: datetime = Field(sa_type=UtcMoment)
    retired_by_id: int | None = Field(default=None, foreign_key="person.id")
    restored_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    restored_by_id: int | None = Field(default=None, foreign_key="person.id")


class CheckIn(SQLModel, table=True):
    """A worker was at a building or at a named patrol point.

    ``seen_on`` is the Beijing day for which it counts: the phone's day where that is credible.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_grid_id_received_at", "grid_id", "received_at"),
        Index("ix_check_in_grid_id_seen_on", "grid_id", "seen_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    grid_id: int = Field(foreign_key="grid.id")
    building_id: int | None = Field(default=None, foreign_key="building.id", index=True)
    point_id: int | None = Field(default=None, foreign_key="patrol_point.id", index=True)
    via: str = Field(default="tap", max_length=8)
    words: str = Field(default="", sa_type=Text)
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    accuracy_m: float | None = None
    seen_on: date
    case_id: int | None = Field(default=None, foreign_key="case.id")
    made_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    received_at: datetime = Field(sa_type=UtcMoment)


class PatrolFinding(SQLModel, table=True):
    """A case that somebody found at a patrol point (巡查发现)."""

    __tablename__ = "patrol_finding"

    case_id: int = Field(foreign_key="case.id", primary_key=True)
    point_id: int = Field(foreign_key="patrol_point.id", index=True)


class PatrolRoster(SQLModel, table=True):
    """Nights on which a grid goes round, by the Beijing clock (平安夜巡)."""

    __tablename__ = "patrol_roster"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    grid_id: int = Field(foreign_key="grid.id", index=True)
    theme: str = Field(max_length=80)
    starts: str = Field(max_length=5)
    ends: str = Field(max_length=5)
    made_at: datetime = Field(sa_type=UtcMoment)


class PatrolNight(SQLModel, table=True):
    """One night of a roster; ``version`` grows whenever its people change."""

    __tablename__ = "patrol_night"
    __table_args__ = (
        Index("uq_patrol_night_roster_id_night_on", "roster_id", "night_on", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    roster_id: int = Field(foreign_key="patrol_roster.id")
    night_on: date = Field(index=True)
    version: int = 1
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class PatrolDuty(SQLModel, table=True):
    """One of the people of a night: staff by their row, a volunteer without account by name."""

    __tablename__ = "patrol_duty"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    night_id: int = Field(foreign_key="patrol_night.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = Field(max_length=64)
    cover_wanted_at: datetime | None = Field(default=None, sa_type=UtcMoment)

"""The register: households, shops, enterprises and places, their checks, and what codes became.

A record lies in its building, and so in the building's grid; it has no grid of its own.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from gridapp.domain.registering import CheckOutcome, PremisesKind, Tenure
from gridapp.tables.base import UtcMoment, Word

_LIVE = text("retired_at IS NULL")


class Household(SQLModel, table=True):
    """A dwelling with who lives there (户室); ``position`` puts a building's doors in order."""

    __tablename__ = "household"
    __table_args__ = (
        Index("ix_household_building_id_position", "building_id", "position", "id"),
        # Of one door there is one record in force.
        Index(
            "uq_household_building_id_unit_door", "building_id", "unit", "door",
            unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE,
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    building_id: int = Field(foreign_key="building.id")
    unit: str = Field(default="", max_length=16)
    floor: int | None = None
    door: str = Field(max_length=40)
    position: str = Field(default="", max_length=40)
    name: str = Field(default="", max_length=64)
    phone: str = Field(default="", max_length=32)
    head_count: int = 0
    tenure: Tenure = Field(default=Tenure.UNKNOWN, sa_type=Word(Tenure))
    remarks: str = Field(default="", max_length=200)
    made_at: datetime = Field(sa_type=UtcMoment)
    changed_at: datetime = Field(sa_type=UtcMoment)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class RiskClass(SQLModel, table=True):
    """How much can happen in a place, and how often it is checked; 0 days is never by itself."""

    __tablename__ = "risk_class"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=40)
    interval_days: int = 0
    position: int = 0
    is_example: bool = True
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Premises(SQLModel, table=True):
    """A shop, an enterprise or a place with whoever answers for it (商铺 企业 场所)."""

    __tablename__ = "premises"
    __table_args__ = (
        Index("ix_premises_building_id_next_check_on", "building_id", "next_check_on"),
        Index("ix_premises_credit_code", "credit_code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    kind: PremisesKind = Field(sa_type=Word(PremisesKind))
    building_id: int = Field(foreign_key="building.id")
    spot: str = Field(default="", max_length=40)
    name: str = Field(max_length=80)
    trade: str = Field(default="", max_length=40)
    credit_code: str = Field(default="", max_length=18)
    contact: str = Field(default="", max_length=64)
    phone: str = Field(default="", max_length=32)
    risk_id: int = Field(foreign_key="risk_class.id")
    remarks: str = Field(default="", max_length=200)
    last_check_on: date | None = None
    next_check_on: date | None = None
    made_at: datetime = Field(sa_type=UtcMoment)
    changed_at: datetime = Field(sa_type=UtcMoment)
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class PremisesCheck(SQLModel, table=True):
    """One check, as whoever was there wrote it down: appended, never edited."""

    __tablename__ = "premises_check"
    __table_args__ = (
        Index("ix_premises_check_premises_id_checked_on", "premises_id", "checked_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    premises_id: int = Field(foreign_key="premises.id")
    person_id: int = Field(foreign_key="person.id")
    checked_on: date
    outcome: CheckOutcome = Field(sa_type=Word(CheckOutcome))
    text: str = Field(default="", sa_type=Text)
    next_on: date | None = None
    case_id: int | None = Field(default=None, foreign_key="case.id")
    received_at: datetime = Field(sa_type=UtcMoment)


class CodeChange(SQLModel, table=True):
    """What became of a building's code, and why: appended, never edited."""

    __tablename__ = "code_change"
    __table_args__ = (Index("ix_code_change_building_id", "building_id"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=16)
    building_id: int = Field(foreign_key="building.id")
    change: str = Field(max_length=16)
    reason: str = Field(default="", max_length=200)
    successor: str = Field(default="", max_length=16)
    at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")

"""Verification of the register: what is gone through, found and decided (人户核查)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from gridapp.domain.registering import Verified
from gridapp.tables.base import UtcMoment, Word


class Verification(SQLModel, table=True):
    """A stretch of days in which the records of some grids are gone through."""

    __tablename__ = "verification"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    name: str = Field(max_length=80)
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    starts_on: date
    ends_on: date
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class VerificationGrid(SQLModel, table=True):
    """A grid, with everything below it, that a verification goes through."""

    __tablename__ = "verification_grid"

    verification_id: int = Field(foreign_key="verification.id", primary_key=True)
    grid_id: int = Field(foreign_key="grid.id", primary_key=True, index=True)


class VerificationItem(SQLModel, table=True):
    """One record to be verified; just one of ``household_id`` and ``premises_id`` is set."""

    __tablename__ = "verification_item"
    __table_args__ = (
        Index(
            "uq_verification_item_verification_id_household_id", "verification_id", "household_id",
            unique=True,
        ),
        Index(
            "uq_verification_item_verification_id_premises_id", "verification_id", "premises_id",
            unique=True,
        ),
        Index(
            "ix_verification_item_verification_id_building_id", "verification_id", "building_id",
            "status",
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    verification_id: int = Field(foreign_key="verification.id")
    building_id: int = Field(foreign_key="building.id", index=True)
    household_id: int | None = Field(default=None, foreign_key="household.id", index=True)
    premises_id: int | None = Field(default=None, foreign_key="premises.id", index=True)
    status: Verified = Field(default=Verified.OPEN, sa_type=Word(Verified))
    is_new: bool = False
    version: int = 1
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    decided_why: str = Field(default="", max_length=200)


class VerificationFinding(SQLModel, table=True):
    """What one verifier found of a record: appended, never edited.

    ``seen_version`` is the version of the record that the verifier looked at; ``is_applied`` tells
    whether the register says so since.
    """

    __tablename__ = "verification_finding"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    item_id: int = Field(foreign_key="verification_item.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    outcome: Verified = Field(sa_type=Word(Verified))
    seen_version: int
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    words: str = Field(default="", max_length=200)
    is_applied: bool = False
    done_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    received_at: datetime = Field(sa_type=UtcMoment)

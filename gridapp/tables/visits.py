"""Contact households, the visits paid to them and what was found there (走访)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import VisitOutcome
from gridapp.tables.base import UtcMoment, Word


class VisitKind(SQLModel, table=True):
    """A reason to visit, and how often; 0 days is once, when there is a reason."""

    __tablename__ = "visit_kind"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=40)
    interval_days: int = 0
    position: int = 0
    is_example: bool = True
    retired_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class ContactHousehold(SQLModel, table=True):
    """A household that the grid keeps in touch with; whose grid it is follows from its building.

    ``version`` counts the changes of what is known of it; a visit is no such change.
    """

    __tablename__ = "contact_household"
    __table_args__ = (Index("ix_contact_household_building_id_next_on", "building_id", "next_on"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    building_id: int = Field(foreign_key="building.id")
    kind_id: int = Field(foreign_key="visit_kind.id")
    door: str = Field(default="", max_length=40)
    name: str = Field(max_length=64)
    phone: str = Field(default="", max_length=32)
    interval_days: int = 0
    next_on: date | None = None
    last_on: date | None = None
    added_by_id: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime = Field(sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment, index=True)
    ended_why: str = Field(default="", max_length=200)


class Visit(SQLModel, table=True):
    """One visit; what a correction changes of it stays in the correction, its words are kept."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_household_id_visited_on", "household_id", "visited_on"),
        Index("ix_visit_person_id_visited_on", "person_id", "visited_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    household_id: int = Field(foreign_key="contact_household.id")
    grid_id: int = Field(foreign_key="grid.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    kind_id: int = Field(foreign_key="visit_kind.id")
    visited_on: date
    outcome: VisitOutcome = Field(sa_type=Word(VisitOutcome))
    text: str = Field(default="", sa_type=Text)
    next_on: date | None = None
    case_id: int | None = Field(default=None, foreign_key="case.id")
    made_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    received_at: datetime = Field(sa_type=UtcMoment)


class VisitCorrection(SQLModel, table=True):
    """What a visitor puts right afterwards: appended, the first words stay.

    The visit itself holds what is right now, so that every list and date follows it; ``before`` and
    ``after`` hold what a correction changed of it: outcome, days, household.
    """

    __tablename__ = "visit_correction"

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    words: str = Field(sa_type=Text)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(sa_type=UtcMoment)


class VisitPhoto(SQLModel, table=True):
    """A photo of a visit."""

    __tablename__ = "visit_photo"

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    photo_id: int = Field(foreign_key="photo.id", primary_key=True)

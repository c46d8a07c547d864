"""Cases, their append-only steps and their photos."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Text, false, text
from sqlmodel import Field, SQLModel

from gridapp.domain.vocabulary import (
    AsideReason,
    Deed,
    Outcome,
    PhotoKind,
    Satisfaction,
    Source,
    Status,
    Supervision,
    Urgency,
)
from gridapp.tables.base import UtcMoment, Word


class Case(SQLModel, table=True):
    """A matter raised in a grid. ``uid`` is the id that its maker's device gave it.

    Args:
        first_due_at: What the report's receipt promised, for good.
        reopened_at: When the last reopening counts; ``reopened_due_at`` is what it promised.
        missed_at: The due moment that had passed when it was moved; the promise is judged by it.
        redone_at: When it was last sent back to be done again.
        extended_at: When more time was last granted before the due moment had passed.
        extended_late_at: When more time was last granted after it had.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_status_due_at", "status", "due_at"),
        # All that narrows and orders a list, so that its page is found without reading the rows.
        Index("ix_case_grid_id_status_unit_id_due_at", "grid_id", "status", "unit_id", "due_at"),
        # A street's whole list by deadline, walked from its front.
        Index("ix_case_due_at_id", "due_at", "id"),
        Index("ix_case_device_received_at", "device", "received_at"),
        Index("ix_case_building_id_received_at", "building_id", "received_at"),
        Index("ix_case_reported_at_grid_id", "reported_at", "grid_id"),
        # All that the times to close are computed from, so that no row is read for them.
        Index(
            "ix_case_closed_at_status",
            "closed_at",
            "status",
            "grid_id",
            "reported_at",
            "reopened_at",
            "settled",
        ),
        Index("ix_case_unit_id_status", "unit_id", "status"),
        Index("ix_case_reporter_name", "reporter_name"),
        # Walked for the end of a phone: people read out the last four digits.
        Index("ix_case_reporter_phone", "reporter_phone"),
        # Few cases are set aside, whatever has become of the others.
        Index(
            "ix_case_aside_for",
            "aside_for",
            "status",
            "received_at",
            sqlite_where=text("aside_for IS NOT NULL"),
            postgresql_where=text("aside_for IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    digest: str = Field(default="", max_length=64)
    track: str = Field(max_length=32, unique=True)
    version: int = 1

    source: Source = Field(sa_type=Word(Source))
    source_ref: str = Field(default="", max_length=64, index=True)
    category_id: int | None = Field(default=None, foreign_key="category.id")
    urgency: Urgency = Field(default=Urgency.ORDINARY, sa_type=Word(Urgency))
    grid_id: int = Field(foreign_key="grid.id")
    building_id: int | None = Field(default=None, foreign_key="building.id")
    place: str = Field(default="", max_length=200)
    text: str = Field(sa_type=Text)
    grams: str = Field(default="", sa_type=Text)
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    accuracy_m: float | None = None

    reporter_name: str = Field(default="", max_length=64)
    reporter_phone: str = Field(default="", max_length=32)
    reporter_id: int | None = Field(default=None, foreign_key="person.id")
    device: str = Field(default="", max_length=64)
    # The reporter wants no more short messages; staff looks at it before anything else is done.
    is_quiet: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_held: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    # Why it is set aside (待甄别): it stands in no list and no figure until it has been let in.
    aside_for: AsideReason | None = Field(default=None, sa_type=Word(AsideReason))
    # What everybody may read of it, as staff has released it; empty is nothing.
    public_text: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})

    status: Status = Field(default=Status.REPORTED, sa_type=Word(Status))
    paused_from: Status | None = Field(default=None, sa_type=Word(Status))
    settled: bool = False
    outcome: Outcome | None = Field(default=None, sa_type=Word(Outcome))
    reply: str = Field(default="", sa_type=Text)
    supervision: Supervision = Field(default=Supervision.NONE, sa_type=Word(Supervision))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    holder_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    merged_into_id: int | None = Field(default=None, foreign_key="case.id")
    dispatch_count: int = 0
    return_count: int = 0
    redo_count: int = 0
    reopen_count: int = 0
    extension_count: int = 0
    me_too_count: int = Field(default=0, sa_column_kwargs={"server_default": "0"})

    made_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    received_at: datetime = Field(sa_type=UtcMoment)
    reported_at: datetime = Field(sa_type=UtcMoment)
    due_at: datetime = Field(sa_type=UtcMoment)
    first_due_at: datetime = Field(sa_type=UtcMoment)
    due_limit: str = Field(default="", max_length=16)
    due_provisional: bool = False
    step_due_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    paused_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    resume_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    extension_asked_to: datetime | None = Field(default=None, sa_type=UtcMoment)
    handled_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    closed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    # Of the present life; what was before the last reopening stands in ``CaseLife``.
    reopened_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    reopened_due_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    missed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    redone_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    extended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    extended_late_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    # When its status last changed, as it counts: nothing done later counts from before.
    moved_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    warned_at: datetime | None = Field(default=None, sa_type=UtcMoment)

    contacted: bool | None = None
    solved: bool | None = None
    satisfaction: Satisfaction | None = Field(default=None, sa_type=Word(Satisfaction))
    rated_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    thanked_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class CaseLife(SQLModel, table=True):
    """A life of a case that a reopening has ended: its promise, its closing, its rating.

    A case lives from its report, or from a reopening, to the next reopening. The columns are
    those of ``Case`` and mean the same; the present life stands in the case's own row.
    """

    __tablename__ = "case_life"
    __table_args__ = (Index("uq_case_life_case_id_number", "case_id", "number", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id")
    number: int
    started_at: datetime = Field(sa_type=UtcMoment)
    status: Status = Field(sa_type=Word(Status))
    settled: bool
    outcome: Outcome | None = Field(default=None, sa_type=Word(Outcome))
    due_at: datetime = Field(sa_type=UtcMoment)
    missed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    redone_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    extended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    extended_late_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    handled_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    closed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    contacted: bool | None = None
    solved: bool | None = None
    satisfaction: Satisfaction | None = Field(default=None, sa_type=Word(Satisfaction))
    rated_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class CaseStep(SQLModel, table=True):
    """One deed on a case: who, when, from where to where, with which words. Never edited."""

    __tablename__ = "case_step"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    deed: Deed = Field(sa_type=Word(Deed))
    status_from: Status | None = Field(default=None, sa_type=Word(Status))
    status_to: Status = Field(sa_type=Word(Status))
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcMoment)
    done_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    words: str = Field(default="", sa_type=Text)
    is_public: bool = False
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    uid: UUID | None = Field(default=None, unique=True)


class CasePhoto(SQLModel, table=True):
    """A photo of a case, hung on the step that brought it."""

    __tablename__ = "case_photo"
    __table_args__ = (Index("uq_case_photo", "case_id", "photo_id", "kind", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id")
    step_id: int = Field(foreign_key="case_step.id", index=True)
    photo_id: int = Field(foreign_key="photo.id", index=True)
    kind: PhotoKind = Field(sa_type=Word(PhotoKind))
    is_public: bool = False


class MeToo(SQLModel, table=True):
    """Somebody else who met the same matter; ``track`` lets them follow it, without its words."""

    __tablename__ = "me_too"
    __table_args__ = (
        # One a device and case, however often the button is pressed.
        Index("uq_me_too_case_id_device", "case_id", "device", unique=True),
    )

    uid: UUID = Field(primary_key=True)
    case_id: int = Field(foreign_key="case.id")
    device: str = Field(max_length=64)
    track: str = Field(max_length=32, unique=True)
    at: datetime = Field(sa_type=UtcMoment)

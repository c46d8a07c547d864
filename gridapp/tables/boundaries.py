"""Where grids lie: their boundaries in every version, and the imports they came by."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from gridapp.domain.bounding import BoundarySource, Datum
from gridapp.tables.base import UtcMoment, Word

_STANDS = text("ended_at IS NULL")


class BoundaryBatch(SQLModel, table=True):
    """Boundaries that came together: one file, or one sketch; it can be undone as a whole."""

    __tablename__ = "boundary_batch"

    id: int | None = Field(default=None, primary_key=True)
    source: BoundarySource = Field(sa_type=Word(BoundarySource))
    datum: Datum = Field(default=Datum.WGS84, sa_type=Word(Datum))
    top_id: int = Field(foreign_key="grid.id", index=True)
    file_name: str = Field(default="", max_length=120)
    sha256: str = Field(default="", max_length=64)
    grid_count: int = 0
    at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    undone_by_id: int | None = Field(default=None, foreign_key="person.id")


class Boundary(SQLModel, table=True):
    """One version of a grid's boundary: appended, never edited; what stands has no ``ended_at``.

    ``wkb`` is a polygon or multipolygon in WGS-84 degrees; none says that the boundary was
    removed. ``datum`` is the one that the file declared, ``area_m2`` is computed.
    """

    __tablename__ = "boundary"
    __table_args__ = (
        Index("ix_boundary_grid_id_version", "grid_id", "version", unique=True),
        Index(
            "ix_boundary_standing", "grid_id", unique=True,
            sqlite_where=_STANDS, postgresql_where=_STANDS,
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    version: int = 1
    wkb: bytes | None = None
    area_m2: float = 0
    point_count: int = 0
    source: BoundarySource = Field(sa_type=Word(BoundarySource))
    datum: Datum = Field(default=Datum.WGS84, sa_type=Word(Datum))
    batch_id: int | None = Field(default=None, foreign_key="boundary_batch.id", index=True)
    at: datetime = Field(sa_type=UtcMoment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class BoundaryEdition(SQLModel, table=True):
    """The one row that counts the changes of all boundaries: whoever changes any, changes it."""

    __tablename__ = "boundary_edition"

    id: int = Field(default=1, primary_key=True)
    number: int = 0

"""Tables that came in: each file with what became of it, how to undo it, how headings are read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from gridapp.domain.importing import ImportState, RowFate
from gridapp.tables.base import UtcMoment, Word


class ImportFile(SQLModel, table=True):
    """A file that somebody brought to be imported; ``uid`` is the bringer's.

    The file itself lies in the data directory, for some days. ``plan`` says how it is read;
    ``checked`` is the digest of all that a dry run has found, which the import must find again.
    ``work_uid`` is the long work that was asked for last.
    """

    __tablename__ = "import_file"
    __table_args__ = (Index("ix_import_file_kind_applied_at", "kind", "applied_at"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = Field(unique=True)
    version: int = 1
    kind: str = Field(max_length=32)
    name: str = Field(max_length=120)
    sha256: str = Field(max_length=64)
    byte_count: int = Field(sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id", index=True)
    brought_at: datetime = Field(sa_type=UtcMoment)
    state: ImportState = Field(default=ImportState.BROUGHT, sa_type=Word(ImportState))
    plan: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    checked: str = Field(default="", max_length=64)
    work_uid: UUID | None = None
    row_count: int = 0
    new_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    kept_count: int = 0
    bad_count: int = 0
    applied_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    undone_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    undone_by: int | None = Field(default=None, foreign_key="person.id")
    is_forgotten: bool = False


class ImportChange(SQLModel, table=True):
    """What an import did to one row of a table, so that it can be undone: appended, then removed.

    ``mark`` is the digest of the row as the import left it, by which a later change is seen.
    """

    __tablename__ = "import_change"
    __table_args__ = (Index("ix_import_change_row", "import_id", "table_name", "row_key"),)

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="import_file.id")
    table_name: str = Field(max_length=40)
    row_key: str = Field(max_length=80)
    fate: RowFate = Field(sa_type=Word(RowFate))
    mark: str = Field(default="", max_length=64)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ImportMapping(SQLModel, table=True):
    """Which of a street's own columns is which of ours, for one kind and set of headings."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("kind", "headings"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=32)
    headings: str = Field(max_length=64)
    places: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    told_at: datetime = Field(sa_type=UtcMoment)
    told_by: int | None = Field(default=None, foreign_key="person.id")

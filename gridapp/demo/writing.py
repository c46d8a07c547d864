"""Writes the demo's rows in large batches, under ids that are known beforehand."""

from collections.abc import Sequence
from itertools import count
from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlmodel import SQLModel, col

from gridapp.demo.areas import Row
from gridapp.demo.telling import Played
from gridapp.services.desk import Act
from gridapp.tables import Case, CaseLife, CasePhoto, CaseStep, Photo

_BATCH_MAX_COUNT: Final = 1_000


def write_rows(act: Act, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows of one table in batches."""
    for first in range(0, len(rows), _BATCH_MAX_COUNT):
        batch: Any = rows[first : first + _BATCH_MAX_COUNT]
        act.session.connection().execute(insert(table), batch)


def mend_sequences(act: Act, tables: Sequence[type[SQLModel]]) -> None:
    """Let PostgreSQL count on from the ids given; SQLite does so by itself."""
    if act.session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        name = str(table.__tablename__)
        sequence = func.pg_get_serial_sequence(f'"{name}"', "id")
        highest = select(func.coalesce(func.max(SQLModel.metadata.tables[name].c.id), 0) + 1)
        act.session.execute(select(func.setval(sequence, highest.scalar_subquery(), False)))  # noqa: FBT003 - "is_called" of setval is positional


class CaseWriter:
    """Takes told cases and writes them by the thousand, with their steps and photos."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.cases: list[Row] = []
        self.steps: list[Row] = []
        self.photos: list[Row] = []
        self.lives: list[Row] = []
        self.step_ids = count(1)
        self.photo_ids: dict[str, int] = {
            sha256: photo_id
            for sha256, photo_id in act.session.execute(
                select(col(Photo.sha256), col(Photo.id))
            ).all()
            if photo_id is not None
        }

    def take(self, played: Played) -> None:
        """Take one case; it is written with its thousand."""
        self.cases.append(played.row)
        self.lives += played.lives
        for step, photos in played.steps:
            step_id = next(self.step_ids)
            self.steps.append({"id": step_id} | step)
            self.photos += [
                {
                    "case_id": step["case_id"],
                    "step_id": step_id,
                    "photo_id": self.photo_ids[sha256],
                    "kind": kind,
                    "is_public": False,
                }
                for kind, sha256 in photos
            ]
        if len(self.cases) >= _BATCH_MAX_COUNT:
            self.write()

    def write(self) -> None:
        """Write what has been taken."""
        for table, rows in (
            (Case, self.cases),
            (CaseLife, self.lives),
            (CaseStep, self.steps),
            (CasePhoto, self.photos),
        ):
            write_rows(self.act, table, rows)
            rows.clear()

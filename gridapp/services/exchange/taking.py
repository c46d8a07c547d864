"""Takes the rows of a table in, batch by batch, and tells what became of each."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event, inspect
from sqlmodel import Session

from gridapp.domain.errors import GridappError
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import CellError, Cells, Difference
from gridapp.services.exchange.kind import BatchTaker, Kind, Taken, Taker, Wishes
from gridapp.services.exchange.layout import arranged
from gridapp.services.exchange.plans import Plan
from gridapp.services.exchange.reading import Numbered

_BATCH: Final = 200
# How deeds call what a table heads otherwise.
_HEADED: Final[Mapping[str, str]] = {
    "grid": "grid_code", "unit_id": "unit_code", "above": "parent_code", "at": "code",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is wrong: its line in the file, the column's heading, and why."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a row.

    Args:
        texts: Its cells as they stand in the file.
        taken: What it did, unless it is wrong.
        bad: Why it is wrong.
        differences: What it changed, column by column, as far as that is known.
        notes: What of it does not come in, in sentences.
    """

    line: int
    texts: Sequence[str]
    taken: Taken = Taken.SAME
    bad: BadRow | None = None
    differences: tuple[Difference, ...] = ()
    meant: tuple[tuple[str, int | str], ...] = ()
    notes: tuple[str, ...] = ()


class Batches:
    """Takes the rows of a file in; what a batch has written needs no memory any more."""

    def __init__(self, act: Act, table: Kind, wishes: Wishes, plan: Plan) -> None:
        self.act = act
        self.table = table
        self.plan = plan
        self.taker: Taker = table.taker(act, wishes)
        self._columns = {column.name: column for column in table.columns}
        self._lines_of: dict[str, int] = {}

    def taken_from(self, path: Path) -> Iterator[list[Fate]]:
        """Give what became of the rows, a batch after the other.

        Raises:
            TableRefusedError: The file cannot be read.
        """
        rows = arranged(path, self.plan.layout)
        next(rows)
        while batch := list(islice(rows, _BATCH)):
            yield self._take_batch(batch)
            self.act.session.expunge_all()

    def _take_batch(self, batch: Sequence[Numbered]) -> list[Fate]:
        told = [self._cells(texts) for _, texts in batch]
        by_batches = self.taker if isinstance(self.taker, BatchTaker) else None
        if by_batches:
            by_batches.prepare(told)
        with _noting_changes(self.act.session, told) as turn:
            fates = []
            for place, ((line, texts), cells) in enumerate(zip(batch, told, strict=True)):
                turn[0] = place
                fates.append(self._take(line, texts, cells))
            if by_batches:
                by_batches.settle()
            self.act.session.flush()
        return fates

    def _cells(self, texts: Sequence[str]) -> Cells:
        places = self.plan.places.items()
        told = {name: texts[place] for place, name in places if place < len(texts)}
        return Cells(told, self._columns)

    def _take(self, line: int, texts: Sequence[str], cells: Cells) -> Fate:
        try:
            self._demand_once(line, cells)
            taken = self.taker.take(cells)
        except CellError as error:
            return Fate(line, texts, bad=BadRow(line, error.column, error.reason))
        except GridappError as error:
            return Fate(line, texts, bad=self._refused(line, cells, error))
        found = tuple(cells.differences.values()) if taken is Taken.CHANGED else ()
        notes, meant = cells.notes(), tuple(cells.meant.items())
        taken = Taken.KEPT if taken is Taken.SAME and notes else taken
        return Fate(line, texts, taken, differences=found, meant=meant, notes=notes)

    def _refused(self, line: int, cells: Cells, error: GridappError) -> BadRow:
        """Tell why a deed refuses a row, under the heading of the cell that it means."""
        fields: Mapping[str, str] = error.facts.get("fields", {})
        reason = "；".join(fields.values()) or error.sentence
        names = (_HEADED.get(field, field) for field in fields)
        name = next((name for name in names if name in self._columns), "")
        if not name:
            return BadRow(line, "", reason)
        told = cells.error(name, reason.removesuffix("。"))
        return BadRow(line, told.column, told.reason)

    def _demand_once(self, line: int, cells: Cells) -> None:
        key = cells.text(self.table.key, 200) if self.table.key else ""
        if key and self._lines_of.setdefault(key, line) != line:
            raise cells.error(self.table.key, f"与第{self._lines_of[key]}行重复")


@contextmanager
def _noting_changes(session: Session, told: Sequence[Cells]) -> Iterator[list[int]]:
    """Note what rows of tables change, for the row of the file whose turn it is.

    A column and an attribute of the same name are the same; whatever else a row changes, its
    taker tells by ``Cells.differs``, which counts more.
    """
    turn = [0]

    def note(session: Session, *_: Any) -> None:
        cells = told[turn[0]]
        for row in session.dirty:
            for changed in inspect(row).attrs:
                history = changed.history
                if history.deleted and history.added and changed.key not in cells.differences:
                    cells.differs(changed.key, history.deleted[0], history.added[0])

    event.listen(session, "before_flush", note)
    try:
        yield turn
    finally:
        event.remove(session, "before_flush", note)

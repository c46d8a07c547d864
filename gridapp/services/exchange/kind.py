"""What a kind of table is: its columns, who takes a row in, and where its rows come from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, Role, Source
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.writing import Value


class Taken(StrEnum):
    """What became of a row; ``KEPT`` is on record otherwise than it says, and stays so."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"


class Twins(StrEnum):
    """What becomes of a building that may stand already under another spelling."""

    ASK = "ask"
    SAME = "same"
    OTHER = "other"


TWINS: Final = {Twins.ASK: "逐行问", Twins.SAME: "同一栋", Twins.OTHER: "另一栋"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished for the whole table.

    Args:
        grid: A grid's code: where cases go that name none, or what an export is narrowed to.
        source: Where cases come from that do not say.
        reveal_reason: Why an export shows reporters in full; empty keeps them masked.
        from_on: The first Beijing day of an export of what has a day.
        to_on: The last.
        twins: What becomes of buildings that may stand already, where a row does not say.
    """

    grid: str = ""
    source: Source = Source.HOTLINE
    reveal_reason: str = ""
    from_on: date | None = None
    to_on: date | None = None
    twins: Twins = Twins.ASK


class Taker(Protocol):
    """Takes rows in, one after the other."""

    def take(self, cells: Cells) -> Taken:
        """Take one row in.

        Raises:
            CellError: A cell is wrong.
            GridappError: A deed refuses the row.
        """


@runtime_checkable
class BatchTaker(Taker, Protocol):
    """Takes rows in by batches: what a batch needs is looked up at once, and written at once."""

    def prepare(self, batch: Sequence[Cells]) -> None:
        """Look up what the coming rows need; a cell that is wrong is told by ``take``."""

    def settle(self) -> None:
        """Write what the rows of the batch have left to be written."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table.

    Args:
        columns: In the order of an export.
        taker: Makes what takes the rows of an import.
        rows: Gives the rows of an export, in the columns' order; None for imports only.
        key: A column whose value stands on one row of a file only; empty when there is none.
        label: What a person reads for it.
        hint: What it is good for, in one line.
        export_by: What allows to take it out, as far as that reaches.
        export_needs: What else than exporting one must be allowed to, to take it out.
        has_days: Whether an export can be narrowed to some days.
    """

    columns: Sequence[Column]
    taker: Callable[[Act, Wishes], Taker]
    rows: Callable[[Act, Wishes], Iterable[Sequence[Value]]]
    key: str = ""
    label: str = ""
    hint: str = ""
    export_by: Deed = Deed.EXPORT
    export_needs: tuple[Deed, ...] = ()
    has_days: bool = False


def export_deed_of(roles: Iterable[Role]) -> Deed:
    """Give the deed by which somebody takes tables out: all of them, or what figures count."""
    return Deed.EXPORT if may_at_all(Deed.EXPORT, roles) else Deed.SEE_STATS

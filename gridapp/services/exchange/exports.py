"""Exports a table of what is in the actor's reach."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.writing import Value, write_table
from gridapp.services.permit import demand

_TELL_EVERY: Final = 500


def export_table(
    act: Act,
    kind: str,
    path: Path,
    wishes: Wishes,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Export a table by the file's ending and tell how many rows it has.

    ``progress`` is told how many rows were written, now and then; what it raises ends the export.
    Reporters are masked unless the wishes give a reason to show them, which is put on record.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role; cases are only for who may see them.
        NotThereError: The grid wished for is out of reach.
        TableRefusedError: There is no such kind, or no such ending.
    """
    table = kind_of(kind)
    demand(act, table.export_by)
    headings = [column.header for column in table.columns]
    rows: Iterable[Sequence[Value]] = table.rows(act, wishes)
    count = write_table(path, headings, _told(rows, progress) if progress else rows)
    write_audit(act, Deed.EXPORT, kind, rows=count)
    return count


def _told(
    rows: Iterable[Sequence[Value]], progress: Callable[[int], None]
) -> Iterator[Sequence[Value]]:
    for count, row in enumerate(rows):
        if count % _TELL_EVERY == 0:
            progress(count)
        yield row

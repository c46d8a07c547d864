"""Tells what an import would do, line by line, and writes nothing but that."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gridapp.services.desk import Act
from gridapp.services.exchange.imports import ImportReport, import_table
from gridapp.services.exchange.taking import Fate
from gridapp.services.imports.lines import writing_lines
from gridapp.services.imports.planning import PlanFacts

Tell = Callable[[int], None]


@dataclass
class Mark:
    """The digest of all that an import does: what was confirmed is what is done."""

    _hash: Any = field(default_factory=hashlib.sha256)

    def note(self, fate: Fate) -> None:
        """Take a line in."""
        told = (
            fate.line,
            fate.taken.value,
            fate.bad,
            fate.texts,
            fate.differences,
            fate.meant,
            fate.notes,
        )
        self._hash.update(repr(told).encode("utf-8", "surrogatepass"))

    def read(self) -> str:
        """Give the digest of what was taken in so far."""
        return str(self._hash.hexdigest())


def run_table(  # noqa: PLR0913, PLR0917 - a table, how it is read, and whom to tell
    act: Act,
    kind: str,
    path: Path,
    facts: PlanFacts,
    tell: Tell,
    lines: Path | None,
) -> tuple[ImportReport, str]:
    """Import a table, or, with a book for its lines, only tell what it would do.

    Gives what it came to, and the digest of it.

    Raises:
        TableRefusedError: The file cannot be read as this kind of table.
    """
    mark = Mark()
    places = [int(place) for place in facts.places][:4]
    with nullcontext() if lines is None else writing_lines(lines, places) as book:

        def watch(fate: Fate) -> None:
            mark.note(fate)
            if book is not None:
                book.note(fate)

        report = import_table(
            act, kind, path, facts.wishes(), plan=facts.plan(), dry_run=lines is not None,
            progress=tell, watch=watch,
        )  # fmt: skip
    return report, mark.read()

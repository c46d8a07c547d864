"""The wrong rows of a checked file as a table of their own, the reason beside each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act, the_desk
from gridapp.services.exchange.layout import arranged
from gridapp.services.exchange.writing import Value, write_table
from gridapp.services.imports.access import open_import
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.lines import bad_rows
from gridapp.services.imports.order import file_of
from gridapp.services.imports.planning import plan_facts
from gridapp.services.imports.refusals import NotCheckedError

_LINE: Final = "行号"
_REASON: Final = "原因"


def write_bad_rows(act: Act, uid: UUID, out: Path) -> str:
    """Write the wrong rows by the file's ending; gives the name of the file they came from.

    Raises:
        NotThereError: No such file, or somebody else's.
        FileGoneError: It is no longer kept.
        NotCheckedError: It was not checked.
    """
    row = open_import(act, uid, Deed.CHECK_IMPORT)
    lines = imports_in(the_desk().settings.data_dir).lines(uid)
    if not row.checked or not lines.exists():
        raise NotCheckedError
    _, headings = next(arranged(file_of(row), plan_facts(row.plan).layout()))
    write_table(out, [_LINE, _REASON, *headings], _rows(lines))
    return row.name


def _rows(lines: Path) -> Iterator[Sequence[Value]]:
    for line, reason, texts in bad_rows(lines):
        yield line, reason, *texts

"""Exports a table of what is in the actor's reach."""

from pathlib import Path

from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.writing import write_table
from gridapp.services.permit import demand


def export_table(act: Act, kind: str, path: Path, wishes: Wishes) -> int:
    """Export a table by the file's ending and tell how many rows it has.

    Reporters are masked unless the wishes give a reason to show them, which is put on record.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role; cases are only for who may see them.
        NotThereError: The grid wished for is out of reach.
        TableRefusedError: There is no such kind, or no such ending.
    """
    demand(act, Deed.EXPORT)
    table = kind_of(kind)
    headings = [column.header for column in table.columns]
    count = write_table(path, headings, table.rows(act, wishes))
    write_audit(act, Deed.EXPORT, kind, rows=count)
    return count

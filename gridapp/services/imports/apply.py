"""Imports what was checked, and undoes it: each in one transaction, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col

from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.exchange.recording import Recorder, recording
from gridapp.services.exchange.undo import undo_changes
from gridapp.services.imports.access import change_import, open_import
from gridapp.services.imports.check import Tell, run_table
from gridapp.services.imports.planning import plan_facts
from gridapp.services.imports.refusals import CrossedError, FoundOtherwiseError, NotTheLastError
from gridapp.services.rules.stamp import renew_stamp
from gridapp.tables import ImportChange, ImportFile

UNDO_KEPT_FOR: Final = timedelta(days=30)
_TOO_LATE: Final = f"导入已超过{UNDO_KEPT_FOR.days}天，不能再撤销。"
_BATCH: Final = 500
_CHANGES: Final = SQLModel.metadata.tables["import_change"]
# What PostgreSQL says when two transactions cannot both be right: serialisation, deadlock.
_CROSSED: Final = frozenset({"40001", "40P01"})


def apply_import(act: Act, uid: UUID, path: Path, tell: Tell) -> ImportFile:
    """Import what was checked; an import that is done already is not done again.

    Raises:
        NotThereError: No such file, or somebody else's.
        FoundOtherwiseError: It would do something else than what the check has shown.
        TableRefusedError: The file cannot be read.
    """
    row = open_import(act, uid, Deed.IMPORT)
    if row.state is ImportState.APPLIED:
        return row
    facts, kind, version, checked = plan_facts(row.plan), row.kind, row.version, row.checked
    import_id = row.id
    assert import_id is not None
    with recording(act) as recorder:
        report, mark = run_table(act, kind, path, facts, tell, None)
    if not report.applied or mark != checked:
        raise FoundOtherwiseError
    _forget_changes(act, kind)
    _keep_changes(act, import_id, recorder)
    row = open_import(act, uid, Deed.IMPORT)
    # What was brought is not needed any more: an undoing goes by what was kept of the rows.
    change_import(
        act, row, version, state=ImportState.APPLIED, applied_at=act.now, is_forgotten=True
    )
    return row


def _forget_changes(act: Act, kind: str) -> None:
    """Forget how to undo earlier imports of the kind: only the last can be undone."""
    earlier = select(col(ImportFile.id)).where(col(ImportFile.kind) == kind)
    act.session.execute(
        delete(ImportChange)
        .where(col(ImportChange.import_id).in_(earlier))
        .execution_options(synchronize_session=False)
    )


def _keep_changes(act: Act, import_id: int, recorder: Recorder) -> None:
    act.session.flush()
    connection = act.session.connection()
    changes = recorder.changes()
    while batch := list(islice(changes, _BATCH)):
        connection.execute(insert(_CHANGES), [{"import_id": import_id, **one} for one in batch])
    recorder.forget()


# Kinds of tables whose rows are rules: every worker must read them anew.
_OF_RULES: Final = frozenset({"categories", "visit-kinds"})


def undo_import(act: Act, uid: UUID) -> ImportFile:
    """Undo the last import of a kind; one that is undone already is not undone again.

    Raises:
        NotThereError: No such import.
        NotTheLastError: A later one of this kind was done, or it was not done at all.
        BuiltUponError: Its rows were changed since, or others hang on them.
    """
    row = open_import(act, uid, Deed.UNDO_IMPORT, own=False)
    if row.state is ImportState.UNDONE:
        return row
    demand_last(act, row)
    import_id, version, kind = row.id, row.version, row.kind
    assert import_id is not None
    count = undo_changes(act, import_id)
    if kind in _OF_RULES:
        renew_stamp(act)
    _forget_changes(act, kind)
    row = open_import(act, uid, Deed.UNDO_IMPORT, own=False)
    change_import(
        act, row, version, state=ImportState.UNDONE, undone_at=act.now,
        undone_by=act.actor.person_id,
    )  # fmt: skip
    write_audit(act, Deed.UNDO_IMPORT, f"import:{uid}", kind=kind, rows=count)
    return row


def demand_last(act: Act, row: ImportFile) -> None:
    """Let pass the last import of its kind that still stands.

    Raises:
        NotTheLastError: It is not that.
    """
    if row.state is not ImportState.APPLIED or row.id != last_applied(act, row.kind):
        raise NotTheLastError
    if row.applied_at is None or row.applied_at < act.now - UNDO_KEPT_FOR:
        raise NotTheLastError(_TOO_LATE)


def last_applied(act: Act, kind: str) -> int | None:
    """Give the last import of a kind that can be undone."""
    found: int | None = act.session.execute(
        select(col(ImportFile.id))
        .where(col(ImportFile.kind) == kind, col(ImportFile.applied_at).is_not(None))
        .order_by(col(ImportFile.applied_at).desc(), col(ImportFile.id).desc())
        .limit(1)
    ).scalar_one_or_none()
    return found


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Tell in a sentence when the database finds that two changes cannot both be right.

    Raises:
        CrossedError: It does.
    """
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _CROSSED:
            raise CrossedError from error
        raise

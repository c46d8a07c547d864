"""Brings a table as an administrator does, and takes it through check and import."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Actor, Desk
from gridapp.services.exchange.imports import ImportReport
from gridapp.services.imports.access import open_import
from gridapp.services.imports.apply import apply_import, undo_import
from gridapp.services.imports.bring import bring_file
from gridapp.services.imports.check import run_table
from gridapp.services.imports.planning import plan_facts


def bring(desk: Desk, actor: Actor, kind: str, path: Path) -> UUID:
    """Bring a file; gives its id."""
    uid = uuid4()
    with desk.acting(actor) as act:
        bring_file(act, uid, kind, path.name, path, "0" * 64)
    return uid


def check(desk: Desk, actor: Actor, uid: UUID, path: Path, **plan: Any) -> ImportReport:
    """Check it as it was guessed, or as ``plan`` says."""
    with desk.acting(actor) as act:
        row = open_import(act, uid, Deed.CHECK_IMPORT)
        facts = plan_facts(row.plan | plan)
        report, mark = run_table(
            act, row.kind, path, facts, lambda _: None, path.with_suffix(".lines")
        )
        row = open_import(act, uid, Deed.CHECK_IMPORT)
        row.state, row.checked, row.plan = ImportState.CHECKED, mark, facts.model_dump(mode="json")
        row.new_count, row.changed_count = report.new_count, report.changed_count
        row.same_count, row.bad_count = report.same_count, report.bad_count
        row.kept_count = report.kept_count
        act.session.add(row)
    return report


def apply(desk: Desk, actor: Actor, uid: UUID, path: Path) -> None:
    """Import what was checked."""
    with desk.acting(actor) as act:
        apply_import(act, uid, path, lambda _: None)


def undo(desk: Desk, actor: Actor, uid: UUID) -> None:
    """Undo it."""
    with desk.acting(actor) as act:
        undo_import(act, uid)


def import_whole(desk: Desk, actor: Actor, kind: str, path: Path) -> UUID:
    """Bring, check and import a file."""
    uid = bring(desk, actor, kind, path)
    report = check(desk, actor, uid, path)
    assert not report.bad_rows
    apply(desk, actor, uid, path)
    return uid

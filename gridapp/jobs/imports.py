"""Checks, imports and undoes brought files: the long work of ``services.imports``."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed
from gridapp.jobs.hand import Hand, Made
from gridapp.services.areas.follow import follow_buildings
from gridapp.services.desk import Act, Desk
from gridapp.services.exchange.imports import ImportReport
from gridapp.services.exchange.layout import arranged
from gridapp.services.exchange.unrolled import unroll
from gridapp.services.imports.access import change_import, open_import
from gridapp.services.imports.apply import apply_import, one_at_a_time, undo_import
from gridapp.services.imports.check import run_table
from gridapp.services.imports.count import row_count_of
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.order import file_of
from gridapp.services.imports.planning import plan_facts
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store.copy import trial_desk

_READING: Final = "读取文件"
_CHECKING: Final = "逐行检查"
_WRITING: Final = "写入"
_UNDOING: Final = "撤销"


def check_brought(desk: Desk, hand: Hand) -> Made:
    """Tell line by line what a file would do; nothing is written but that."""
    uid = UUID(hand.facts["import"])
    files = imports_in(desk.settings.data_dir)
    hand.tell(_READING, 0, 0)
    with desk.looking(hand.actor) as act:
        row = open_import(act, uid, Deed.CHECK_IMPORT)
        path, kind, facts, version = file_of(row), row.kind, plan_facts(row.plan), row.version
    tell = _telling(desk, hand, uid, _CHECKING, row_count_of(path, facts.sheet))
    with trial_desk(desk, hand.bench) as trial, trial.acting(hand.actor) as act:
        report, mark = run_table(act, kind, path, facts, tell, files.lines(uid))

    def also(act: Act) -> None:
        found = open_import(act, uid, Deed.CHECK_IMPORT)
        counts = _counts(report)
        change_import(act, found, version, state=ImportState.CHECKED, checked=mark, **counts)

    return Made(result=_counts(report), also=also)


def import_brought(desk: Desk, hand: Hand) -> Made:
    """Import what was checked, all of it or nothing."""
    uid = UUID(hand.facts["import"])
    hand.tell(_READING, 0, 0)
    with desk.looking(hand.actor) as act:
        row = open_import(act, uid, Deed.IMPORT)
        if row.state is ImportState.APPLIED:  # done before this process took the work up again
            imports_in(desk.settings.data_dir).remove(uid)
            return Made()
        path, layout, count = file_of(row), plan_facts(row.plan).layout(), row.row_count
    # Read before it is one's turn to write: whoever reports meanwhile waits for the writing only.
    path = unroll(arranged(path, layout), hand.bench)
    tell = _telling(desk, hand, uid, _WRITING, count)
    with one_at_a_time(), _one_moment(desk).acting(hand.actor) as act:
        apply_import(act, uid, path, tell)
    path.unlink(missing_ok=True)  # the unrolled copy, and what was brought
    imports_in(desk.settings.data_dir).remove(uid)
    _follow(desk)
    return Made()


def undo_brought(desk: Desk, hand: Hand) -> Made:
    """Undo the last import of a kind, all of it or nothing."""
    hand.tell(_UNDOING, 0, 0)
    with one_at_a_time(), _one_moment(desk).acting(hand.actor) as act:
        undo_import(act, UUID(hand.facts["import"]))
    _follow(desk)
    return Made()


def _follow(desk: Desk) -> None:
    """Let open cases follow the buildings at once, so that every page counts them in one grid.

    Killed before it, the sweep does it within a minute.
    """
    count = 1
    while count:
        with desk.acting(SYSTEM) as act:
            count = follow_buildings(act)


def _one_moment(desk: Desk) -> Desk:
    """Give a desk whose transactions see one moment only, whatever others commit meanwhile."""
    if desk.engine.dialect.name == "sqlite":
        return desk  # its one writer sees nothing else anyway
    return replace(desk, engine=desk.engine.execution_options(isolation_level="REPEATABLE READ"))


def _counts(report: ImportReport) -> dict[str, Any]:
    return {
        "row_count": report.row_count,
        "new_count": report.new_count,
        "changed_count": report.changed_count,
        "same_count": report.same_count,
        "kept_count": report.kept_count,
        "bad_count": report.bad_count,
    }


def _telling(desk: Desk, hand: Hand, uid: UUID, doing: str, total: int) -> Callable[[int], None]:
    """Tell how far one has come: to the work, and beside the file.

    While a table is written, SQLite lets nobody else write, not even how far it has come.
    """
    files = imports_in(desk.settings.data_dir)

    def tell(count: int) -> None:
        hand.tell(doing, count, max(total, count))
        files.note_progress(uid, hand.uid, count, max(total, count))
        hand.demand_going_on()

    return tell

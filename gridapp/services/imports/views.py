"""Shows brought files: to their bringers how they are read and what would come of each line."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.importing import IMPORT_STATE, ImportState
from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, WorkState
from gridapp.services.desk import Act, the_desk
from gridapp.services.exchange.imports import KINDS
from gridapp.services.exchange.kind import Kind, export_deed_of
from gridapp.services.imports.access import open_import
from gridapp.services.imports.apply import UNDO_KEPT_FOR, last_applied
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.lines import LineView, read_lines
from gridapp.services.permit import demand
from gridapp.services.works.alive import alive_words, is_late
from gridapp.tables import ImportFile, Person, Work

LINES_A_PAGE: Final = 20
_LIST_MOST: Final = 30
_LISTED_FOR: Final = timedelta(days=90)


@dataclass(frozen=True)
class KindView:
    """A kind of table as a choice."""

    name: str
    label: str
    hint: str


@dataclass(frozen=True)
class ImportView:
    """A brought file, and where it stands.

    Args:
        state: A word of ``ImportState``; ``state_label`` is what a person reads.
        work: The long work asked for last, its state a word of ``WorkState``, why it failed.
        is_own: Whether the reader brought it: only they look into it.
        can_undo: Whether it is the last of its kind that stands.
        is_late: Whether the work goes on, but gives no sign of life; ``alive_words`` tells it.
    """

    uid: str
    kind: str
    kind_label: str
    name: str
    state: str
    state_label: str
    version: int
    person: str
    brought_words: str
    row_count: int
    new_count: int
    changed_count: int
    same_count: int
    kept_count: int
    bad_count: int
    work: str = ""
    work_uid: str = ""
    work_state: str = ""
    work_fault: str = ""
    done_count: int = 0
    total_count: int = 0
    is_own: bool = False
    is_gone: bool = False
    can_undo: bool = False
    is_late: bool = False
    alive_words: str = ""


def list_kinds_in() -> list[KindView]:
    """List the kinds of tables that can be brought."""
    return [_kind_view(name, kind) for name, kind in KINDS.items()]


def list_kinds_out(act: Act) -> list[KindView]:
    """List the kinds of tables that the actor may take out.

    Raises:
        NotAllowedError: No role of the actor may take anything out.
    """
    roles = act.actor.roles
    demand(act, export_deed_of(roles))
    return [
        _kind_view(name, kind)
        for name, kind in KINDS.items()
        if all(may_at_all(deed, roles) for deed in (kind.export_by, *kind.export_needs))
    ]


def _kind_view(name: str, kind: Kind) -> KindView:
    return KindView(name, kind.label or name, kind.hint)


def list_imports(act: Act) -> list[ImportView]:
    """List the newest files: the own ones, and whatever was imported.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.IMPORT)
    is_own = col(ImportFile.person_id) == act.actor.person_id
    found = act.session.execute(
        select(ImportFile, col(Person.name))
        .join(Person, col(Person.id) == col(ImportFile.person_id))
        .where(or_(is_own, col(ImportFile.applied_at).is_not(None)))
        .where(col(ImportFile.state) != ImportState.DROPPED)
        .where(col(ImportFile.brought_at) > act.now - _LISTED_FOR)
        .order_by(col(ImportFile.id).desc())
        .limit(_LIST_MOST)
    ).all()
    return [_view(act, row, name) for row, name in found]


def see_import(act: Act, uid: str) -> ImportView:
    """Show a file: the own one, or what was imported.

    Raises:
        NotThereError: No such file, or somebody else's that was not imported.
        NotAllowedError: Not for this role.
    """
    row = open_import(act, uid, Deed.IMPORT, own=False)
    if row.person_id != act.actor.person_id and row.applied_at is None:
        row = open_import(act, uid, Deed.IMPORT)
    return _view(act, row, act.session.get_one(Person, row.person_id).name)


def see_lines(act: Act, uid: str, fate: str, words: str, first: int) -> tuple[int, list[LineView]]:
    """Show a page of the lines of an own file that was checked.

    Raises:
        NotThereError: No such file, or somebody else's.
    """
    row = open_import(act, uid, Deed.CHECK_IMPORT)
    path = imports_in(the_desk().settings.data_dir).lines(row.uid)
    if not row.checked or not path.exists():
        return 0, []
    return read_lines(path, fate, words, first=first, most=LINES_A_PAGE)


def _view(act: Act, row: ImportFile, person: str) -> ImportView:
    work = _work(act, row)
    progress = (work.done_count, work.total_count) if work else (0, 0)
    files = imports_in(the_desk().settings.data_dir)
    if work and work.state is WorkState.RUNNING:
        progress = max(progress, files.progress(row.uid, work.uid))
    return ImportView(
        uid=str(row.uid), kind=row.kind, kind_label=_label(row.kind), name=row.name,
        state=row.state.value, state_label=IMPORT_STATE[row.state], version=row.version,
        person=person, brought_words=moment_words(act.now, row.applied_at or row.brought_at),
        row_count=row.row_count, new_count=row.new_count, changed_count=row.changed_count,
        same_count=row.same_count, kept_count=row.kept_count, bad_count=row.bad_count,
        work_uid=str(work.uid) if work else "", work=work.kind.value if work else "",
        work_state=work.state.value if work else "",
        work_fault=work.fault if work else "", done_count=progress[0], total_count=progress[1],
        is_own=row.person_id == act.actor.person_id,
        is_gone=row.is_forgotten or not files.table(row.uid).exists(),
        can_undo=_can_undo(act, row), is_late=work is not None and is_late(act, work),
        alive_words=alive_words(act, work) if work else "",
    )  # fmt: skip


def _can_undo(act: Act, row: ImportFile) -> bool:
    if row.state is not ImportState.APPLIED or row.applied_at is None:
        return False
    is_young = row.applied_at > act.now - UNDO_KEPT_FOR
    return is_young and last_applied(act, row.kind) == row.id


def _label(kind: str) -> str:
    return KINDS[kind].label or kind if kind in KINDS else kind


def _work(act: Act, row: ImportFile) -> Work | None:
    if row.work_uid is None:
        return None
    found: Work | None = act.session.execute(
        select(Work).where(col(Work.uid) == row.work_uid)
    ).scalar_one_or_none()
    return found

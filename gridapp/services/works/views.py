"""Shows long work to who asked for it, and that it was done to those in whose reach it lies."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import or_, select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.labels import WORK_STATE
from gridapp.domain.vocabulary import Deed, WorkKind, WorkState
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.services.works.alive import alive_words, is_late
from gridapp.services.works.files import WorkFiles
from gridapp.services.works.kinds import MAY
from gridapp.services.works.refusals import FileGoneError
from gridapp.services.works.steer import own_work
from gridapp.tables import Grid, Person, Work

_BROKEN_OFF: Final = "已中断，正在恢复"


@dataclass(frozen=True)
class WorkView:
    """A piece of long work as its asker sees it.

    Args:
        uid: The id it was asked for under.
        state: A word of ``WorkState``; ``state_label`` is what a person reads.
        doing: What is being done just now; ``done_count`` of ``total_count`` are done.
        left_s: A guess at the seconds that are left, None when nobody knows.
        fault: Why it failed, in one sentence.
        result: What else came of it, by kind.
        has_file: Whether the file is there to be fetched.
        is_late: Whether it goes on, but whoever does it gives no sign of life.
        alive_words: When it last moved; when it is late, since when it is silent and what then.
    """

    uid: str
    kind: str
    label: str
    state: str
    state_label: str
    person: str
    asked_at: datetime
    asked_words: str
    doing: str = ""
    done_count: int = 0
    total_count: int = 0
    left_s: int | None = None
    fault: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    file_name: str = ""
    file_bytes: int = 0
    kept_words: str = ""
    has_file: bool = False
    is_own: bool = False
    is_open: bool = False
    may_cancel: bool = False
    may_resume: bool = False
    is_late: bool = False
    alive_words: str = ""


def see_work(act: Act, uid: str) -> WorkView:
    """Show a piece of own work.

    Raises:
        NotThereError: No such work, or somebody else's, or no longer in reach.
        NotAllowedError: No role of the actor may ask for it any more.
    """
    row = own_work(act, uid)
    MAY[row.kind](act, row.facts)
    return _view(act, row, act.actor.name)


@dataclass(frozen=True)
class WorkFile:
    """A finished file: where it lies, and how it is handed out."""

    path: Path
    name: str
    media_type: str


def open_work_file(act: Act, uid: str, files: WorkFiles) -> WorkFile:
    """Give the file of a piece of own work.

    Raises:
        NotThereError: No such work, or somebody else's, or no longer in reach.
        NotAllowedError: No role of the actor may ask for it any more.
        FileGoneError: It is not done yet, or the file is no longer kept.
    """
    row = own_work(act, uid)
    MAY[row.kind](act, row.facts)
    if row.state is not WorkState.DONE or not row.file_sha256:
        raise FileGoneError
    return WorkFile(files.find(row.file_sha256), row.file_name, row.file_type)


def see_last_work(act: Act, kind: WorkKind) -> WorkView | None:
    """Show what the actor asked for last of a kind, if anything."""
    row = act.session.execute(
        select(Work)
        .where(col(Work.kind) == kind, col(Work.person_id) == act.actor.person_id)
        .order_by(col(Work.id).desc())
        .limit(1)
    ).scalar_one_or_none()
    return row and _view(act, row, act.actor.name)


def list_works(act: Act, kind: WorkKind, deed: Deed, most: int = 20) -> tuple[WorkView, ...]:
    """List the newest work of a kind: the own, and what was done for a grid in reach.

    Raises:
        NotAllowedError: No role of the actor may do the deed.
    """
    demand(act, deed)
    within = select(col(Grid.id)).where(grids_within(act.actor, deed))
    found = act.session.execute(
        select(Work, col(Person.name))
        .join(Person, col(Person.id) == col(Work.person_id))
        .where(col(Work.kind) == kind)
        .where(or_(col(Work.person_id) == act.actor.person_id, col(Work.grid_id).in_(within)))
        .order_by(col(Work.id).desc())
        .limit(most)
    ).all()
    return tuple(_view(act, row, name) for row, name in found)


def _view(act: Act, row: Work, person: str) -> WorkView:
    is_own = row.person_id == act.actor.person_id
    is_open = row.state in {WorkState.WAITING, WorkState.RUNNING}
    kept, late = row.kept_until, is_late(act, row)
    return WorkView(
        uid=str(row.uid),
        kind=row.kind.value,
        label=row.label,
        state=row.state.value,
        state_label=work_state_label(row, late=late),
        person=person,
        asked_at=row.asked_at,
        asked_words=moment_words(act.now, row.asked_at),
        doing=row.doing,
        done_count=row.done_count,
        total_count=row.total_count,
        left_s=row.left_s,
        fault=row.fault,
        result=dict(row.result),
        file_name=row.file_name,
        file_bytes=row.file_bytes,
        kept_words=moment_words(act.now, kept) if kept and row.file_sha256 else "",
        has_file=is_own and bool(row.file_sha256),
        is_own=is_own,
        is_open=is_open,
        may_cancel=is_own and is_open and (late or row.cancel_asked_at is None),
        may_resume=is_own and (late or row.state in {WorkState.FAILED, WorkState.CANCELLED}),
        is_late=late,
        alive_words=alive_words(act, row),
    )


def work_state_label(row: Work, *, late: bool) -> str:
    """Say where a piece of work stands; of one that fell silent, that it was broken off."""
    if late:
        return _BROKEN_OFF
    if row.state is WorkState.RUNNING and row.cancel_asked_at is not None:
        return "正在停止"
    return WORK_STATE[row.state]

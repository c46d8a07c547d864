"""Takes work that waits, keeps it while alive, gives it back: one holder at a time."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlmodel import col

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import WorkKind, WorkState
from gridapp.services.desk import Act, Actor
from gridapp.services.people.actor import actor_of
from gridapp.services.works.refusals import WorkLostError
from gridapp.tables import Work

# Whoever was silent for so long has died with the work.
ABANDONED_AFTER: Final = timedelta(seconds=60)
BROKEN_MOST: Final = 3
_BROKEN: Final = "这项任务几次中途停下，没有完成。请缩小范围再试，或请管理员查看服务器日志。"
_GONE: Final = "提出这项任务的人已不能登录，任务没有进行。"


@dataclass(frozen=True)
class TakenWork:
    """A piece of work in the hands of one process; ``attempt_count`` is what it holds it by.

    ``so_far`` is what an earlier attempt wrote down with ``keep_result``.
    """

    id: int
    uid: UUID
    kind: WorkKind
    facts: dict[str, Any]
    person_id: int
    attempt_count: int
    so_far: dict[str, Any] = field(default_factory=dict)


class Word(StrEnum):
    """What whoever does a piece of work is told at a sign of life."""

    GO_ON = "go on"
    CANCEL = "cancel"
    LOST = "lost"


@dataclass(frozen=True)
class Progress:
    """How far a piece of work has come; ``left_s`` is a guess, None when nobody knows."""

    doing: str = ""
    done_count: int = 0
    total_count: int = 0
    left_s: int | None = None


def is_work_due(act: Act) -> bool:
    """Tell whether anything waits, without writing."""
    return (
        act.session.execute(select(col(Work.id)).where(_is_due(act)).limit(1)).first() is not None
    )


def take_work(act: Act) -> TakenWork | None:
    """Take the work that has waited the longest, or that somebody left; None when there is none.

    What was left too often, or is no longer wanted, is ended instead.
    """
    due = select(Work).where(_is_due(act)).order_by(col(Work.asked_at), col(Work.id))
    for row in act.session.execute(due).scalars().all():
        taken = _take(act, row)
        if taken is not None:
            return taken
    return None


def _is_due(act: Act) -> ColumnElement[bool]:
    state = col(Work.state)
    is_left = and_(state == WorkState.RUNNING, col(Work.beat_at) < act.now - ABANDONED_AFTER)
    return or_(state == WorkState.WAITING, is_left)


def _take(act: Act, row: Work) -> TakenWork | None:
    assert row.id is not None
    taken = TakenWork(
        row.id, row.uid, row.kind, dict(row.facts), row.person_id, row.attempt_count,
        dict(row.result),
    )  # fmt: skip
    broken_count = row.broken_count + (row.state is WorkState.RUNNING)
    if row.cancel_asked_at is not None:
        change_work(act, taken, state=WorkState.CANCELLED, ended_at=act.now)
        return None
    if broken_count >= BROKEN_MOST:
        change_work(
            act, taken, state=WorkState.FAILED, ended_at=act.now, fault=_BROKEN,
            broken_count=broken_count,
        )  # fmt: skip
        return None
    is_mine = change_work(
        act, taken, state=WorkState.RUNNING, attempt_count=taken.attempt_count + 1,
        broken_count=broken_count, begun_at=row.begun_at or act.now, beat_at=act.now,
        left_s=None,
    )  # fmt: skip
    return replace(taken, attempt_count=taken.attempt_count + 1) if is_mine else None


def change_work(act: Act, taken: TakenWork, **values: Any) -> bool:
    """Change a piece of work under the count by which it is held; tell whether it still was."""
    done = act.session.execute(
        update(Work)
        .where(col(Work.id) == taken.id, col(Work.attempt_count) == taken.attempt_count)
        .where(col(Work.state).in_((WorkState.WAITING, WorkState.RUNNING)))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def beat_work(act: Act, taken: TakenWork, progress: Progress) -> Word:
    """Give a sign of life and tell how far it has come; gives what to do."""
    is_mine = change_work(
        act, taken, beat_at=act.now, doing=progress.doing[:40], done_count=progress.done_count,
        total_count=progress.total_count, left_s=progress.left_s,
    )  # fmt: skip
    if not is_mine:
        return Word.LOST
    asked = act.session.execute(
        select(col(Work.cancel_asked_at)).where(col(Work.id) == taken.id)
    ).scalar_one()
    return Word.GO_ON if asked is None else Word.CANCEL


def keep_result(act: Act, taken: TakenWork, result: dict[str, Any]) -> None:
    """Write down what has come of it so far, in the transaction of the step that is told of.

    Raises:
        WorkLostError: Somebody else has taken it meanwhile; nothing of this step may stay.
    """
    if not change_work(act, taken, result=result):
        raise WorkLostError


def give_back_work(act: Act, taken: TakenWork) -> None:
    """Let it wait again, because this process ends; what was made so far is used again."""
    change_work(act, taken, state=WorkState.WAITING, left_s=None)


def doer_of(act: Act, taken: TakenWork) -> Actor:
    """Give who asked, with today's posts: it is done in their name and within their reach.

    Raises:
        NotAllowedError: They are no longer with us.
    """
    actor = actor_of(act.session, taken.person_id, act.now)
    if actor is None:
        raise NotAllowedError(_GONE)
    return actor

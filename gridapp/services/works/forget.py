"""Forgets the files of long work when their time is over; that it was done is remembered."""

from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, or_, select, update
from sqlmodel import col

from gridapp.domain.vocabulary import WorkState
from gridapp.services.desk import Act
from gridapp.services.works.files import WorkFiles
from gridapp.tables import Work

# What was cancelled or failed may be gone on with for so long.
_BENCH_KEPT: Final = timedelta(days=3)
# A file younger than this may be of a work that is just being ended.
_SETTLED: Final = timedelta(hours=1)


def forget_work_files(act: Act) -> int:
    """Take the names of files that are kept no longer off their work; gives how many."""
    stale = update(Work).where(col(Work.file_sha256) != "", col(Work.kept_until) < act.now)
    done = act.session.execute(
        stale.values(file_sha256="").execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount


def clear_works(act: Act, files: WorkFiles) -> int:
    """Remove files that no work names, and benches of work that is over; gives how many."""
    named = set(act.session.execute(select(col(Work.file_sha256)).distinct()).scalars())
    stale = [name for name in files.kept_before(act.now - _SETTLED) if name not in named]
    for name in stale:
        files.remove(name)
    benches = files.benches()
    over = benches - _in_use(act) if benches else set()
    for uid in over:
        files.clear(uid)
    return len(stale) + len(over)


def _in_use(act: Act) -> set[object]:
    is_open = col(Work.state).in_((WorkState.WAITING, WorkState.RUNNING))
    may_go_on = col(Work.ended_at) > act.now - _BENCH_KEPT
    kept = select(col(Work.uid)).where(or_(is_open, may_go_on))
    return set(act.session.execute(kept).scalars())

"""Does deeds of many people in one transaction when they come at once (组提交).

A commit waits for the disk, and a street may report within the same minute. Whoever comes while a
transaction is under way waits for it and goes with the next one; who comes alone goes at once.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Condition
from typing import Any, Final, TypeVar

from gridapp.services.desk import Act, Actor, Desk
from gridapp.services.limits import stand_alone

_MOST_AT_ONCE: Final = 16
_LANES: Final[Mapping[str, int]] = {"sqlite": 1, "postgresql": 2}

T = TypeVar("T")


@dataclass(eq=False)
class _Job:
    """One deed, and what came of it once the transaction is over."""

    desk: Desk
    actor: Actor
    deed: Callable[[Act], Any]
    keys: tuple[str, ...] = ()
    result: Any = None
    error: BaseException | None = field(default=None)
    is_over: bool = False


class Together:
    """Gathers the deeds of a process's threads; each has its own outcome, after the commit only.

    For deeds that are short, touch no objects of the session and are seldom refused: one that is
    refused undoes the transaction, and then each of it is done by itself.

    Args:
        lanes: How many transactions at a time, by kind of database; SQLite has one writer.
    """

    def __init__(self, lanes: Mapping[str, int] = _LANES) -> None:
        self._lanes = lanes
        self._waiting: deque[_Job] = deque()
        self._changed = Condition()
        self._under_way_count = 0

    def do(
        self, desk: Desk, actor: Actor, deed: Callable[[Act], T], keys: tuple[str, ...] = ()
    ) -> T:
        """Do a deed, with others when there are others; raises what the deed raises.

        Args:
            desk: Where.
            actor: Whose deed it is.
            deed: May be done twice, when another deed of the same transaction undoes the first.
            keys: What the deed must be alone with, see ``limits.stand_alone``.
        """
        job = _Job(desk, actor, deed, keys)
        with self._changed:
            self._waiting.append(job)
        while batch := self._await_turn(job):
            try:
                _do_all(batch)
            finally:
                self._tell(batch)
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[no-any-return]  # what the deed of this very job gave

    def _await_turn(self, job: _Job) -> list[_Job]:
        """Wait until the job is over (nothing is left to do) or it is this thread's turn."""
        with self._changed:
            lanes = self._lanes[job.desk.engine.dialect.name]
            self._changed.wait_for(lambda: job.is_over or self._is_free(job, lanes))
            if job.is_over:
                return []
            self._under_way_count += 1
            count = min(len(self._waiting), _MOST_AT_ONCE)
            return [self._waiting.popleft() for _ in range(count)]

    def _is_free(self, job: _Job, lanes: int) -> bool:
        """Tell whether this thread may begin: there is room, and its job is not under way."""
        return self._under_way_count < lanes and job in self._waiting

    def _tell(self, batch: list[_Job]) -> None:
        with self._changed:
            for job in batch:
                job.is_over = True
            self._under_way_count -= 1
            self._changed.notify_all()


def _do_all(batch: list[_Job]) -> None:
    if len(batch) > 1 and _do_as_one(batch):
        return
    for job in batch:
        _do_alone(job)


def _do_as_one(batch: list[_Job]) -> bool:
    """Do all in one transaction; False when one would not go, and nothing is done."""
    try:
        with batch[0].desk.acting(batch[0].actor) as act:
            stand_alone(act, (key for job in batch for key in job.keys))
            results = [job.deed(replace(act, actor=job.actor)) for job in batch]
    except Exception:  # noqa: BLE001 - whose fault it was shows when each is done alone
        return False
    for job, result in zip(batch, results, strict=True):
        job.result = result
    return True


def _do_alone(job: _Job) -> None:
    try:
        with job.desk.acting(job.actor) as act:
            stand_alone(act, job.keys)
            job.result = job.deed(act)
    except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
        job.error = error

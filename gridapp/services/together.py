"""Does deeds of many people in one transaction when they come at once (组提交).

A commit waits for the disk, and a street may report within the same minute. Whoever comes while a
transaction is under way waits for it and goes with the next one; who comes alone goes at once.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Final, Generic, TypeVar

from gridapp.services.desk import Act, Actor, Desk

_MOST_AT_ONCE: Final = 16

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True)
class Asked(Generic[A]):
    """What one person asks for."""

    actor: Actor
    what: A


@dataclass(eq=False)
class _Job:
    """One deed, and what came of it once the transaction is over.

    Args:
        bell: Rung once: the deed is over, or its thread is to do ``batch``.
    """

    desk: Desk
    asked: Asked[Any]
    result: Any = None
    error: BaseException | None = field(default=None)
    batch: list["_Job"] = field(default_factory=list)
    bell: Event = field(default_factory=Event)


class Together(Generic[A, T]):
    """Gathers the deeds of a process's threads; each has its own outcome, after the commit only.

    For deeds that are short, touch no objects of the session and are seldom refused: one that is
    refused undoes the transaction, and then each of it is done by itself. One transaction at a
    time: while it waits for the disk, the next one gathers.

    Args:
        do_all: Does the deeds of one transaction, for one as for many, and gives an outcome for
            each, in order. It may be called again for each of them alone.
    """

    def __init__(self, do_all: Callable[[Act, Sequence[Asked[A]]], Sequence[T]]) -> None:
        self._do_all = do_all
        self._waiting: deque[_Job] = deque()
        self._lock = Lock()
        self._is_under_way = False

    def do(self, desk: Desk, actor: Actor, what: A) -> T:
        """Do a deed, with others when there are others; raises what the deed raises.

        Args:
            desk: Where; the same for all.
            actor: Whose deed it is.
            what: What is asked for.
        """
        job = _Job(desk, Asked(actor, what))
        with self._lock:
            self._waiting.append(job)
            self._call_next()
        job.bell.wait()
        if job.batch:
            self._lead(job)
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[no-any-return]  # what the deed of this very job gave

    def _call_next(self) -> None:
        """Wake one thread for all that wait, unless one is at it; everybody else sleeps on."""
        if self._waiting and not self._is_under_way:
            self._is_under_way = True
            count = min(len(self._waiting), _MOST_AT_ONCE)
            batch = [self._waiting.popleft() for _ in range(count)]
            batch[0].batch = batch
            batch[0].bell.set()

    def _lead(self, first: _Job) -> None:
        """Do a batch; whatever happens, the next is called and everybody is told."""
        try:
            self._do(first.batch)
        except BaseException as error:
            for job in first.batch:
                job.error = job.error or error
            raise
        finally:
            with self._lock:
                self._is_under_way = False
                self._call_next()
            for job in first.batch[1:]:
                job.bell.set()

    def _do(self, batch: list[_Job]) -> None:
        if len(batch) > 1 and self._is_done_as_one(batch):
            return
        for job in batch:
            try:
                self._transact([job])
            except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
                job.error = error

    def _is_done_as_one(self, batch: list[_Job]) -> bool:
        """Do all in one transaction; False when one would not go, and nothing is done."""
        try:
            self._transact(batch)
        except Exception:  # noqa: BLE001 - whose fault it was shows when each is done alone
            return False
        return True

    def _transact(self, batch: list[_Job]) -> None:
        with batch[0].desk.acting(batch[0].asked.actor) as act:
            results = self._do_all(act, [job.asked for job in batch])
        for job, result in zip(batch, results, strict=True):
            job.result = result

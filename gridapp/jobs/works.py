"""Does long work in a thread of its own, beside the rounds: one piece at a time on a machine.

Every process of a town has a workbench. The lease, a locked file beside the data, lets one of a
machine work; the row in the database belongs to one of all. A process that dies leaves the work to
the next who looks after a minute; one that ends well gives it back at once.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from gridapp.domain.errors import GridappError
from gridapp.domain.vocabulary import WorkKind
from gridapp.jobs.hand import Hand, Made
from gridapp.jobs.kinds import WORKS, Doing
from gridapp.services.desk import Act, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store.lease import FileLease, Lease
from gridapp.services.works.end import KeptFile, fail_work, finish_work, stop_work
from gridapp.services.works.files import Pulse, works_in
from gridapp.services.works.refusals import WorkLostError
from gridapp.services.works.take import (
    TakenWork,
    Word,
    beat_work,
    doer_of,
    give_back_work,
    is_work_due,
    keep_result,
    take_work,
)

_PAUSE_S: Final = 1.0
_BEAT_S: Final = 1.0
_LAST_WORDS_S: Final = 8.0
_TROUBLE: Final = "出了意外，任务没有完成。可以点“继续”再试；仍不行请联系管理员。"

logger = logging.getLogger(__name__)


@dataclass
class Workbench:
    """Does the work that waits, one piece after the other."""

    desk: Desk
    lease: Lease
    works: Mapping[WorkKind, Doing] = field(default_factory=lambda: WORKS)
    ending: Event = field(default_factory=Event)

    def go_on(self) -> None:
        """Work until told to end; what goes wrong on the way is logged and tried again."""
        while not self.ending.is_set():
            try:
                has_worked = self.do_next()
            except Exception:
                logger.exception("the workbench stumbled")
                has_worked = False
            if not has_worked:
                self.ending.wait(_PAUSE_S)

    def do_next(self) -> bool:
        """Do the next piece; False when there is none, or another process of here is at work."""
        with self.desk.looking(SYSTEM) as act:
            if not is_work_due(act):
                return False
        if not self.lease.take():
            return False
        try:
            with self.desk.acting(SYSTEM) as act:
                taken = take_work(act)
            if taken is not None:
                self._do(taken)
            return taken is not None
        finally:
            self.lease.give_back()

    def _do(self, taken: TakenWork) -> None:
        hand: Hand | None = None
        try:
            hand = self._hand(taken)
            with self._beating(taken, hand):
                made = self.works[taken.kind](self.desk, hand)
                hand.tell(hand.progress.doing, hand.progress.total_count, hand.progress.total_count)
            self._finish(taken, hand, made)
        except WorkLostError:
            logger.warning("work %s was taken by another process", taken.uid)
        except GridappError as refusal:
            self._leave(taken, hand, refusal.sentence)
        except Exception:
            logger.exception("work %s failed", taken.uid)
            self._leave(taken, hand, _TROUBLE)

    def _hand(self, taken: TakenWork) -> Hand:
        with self.desk.looking(SYSTEM) as act:
            actor = doer_of(act, taken)
        bench = works_in(self.desk.settings.data_dir).bench(taken.uid)

        def keep(act: Act, result: dict[str, Any]) -> None:
            keep_result(act, taken, result)

        return Hand(taken.uid, actor, taken.facts, bench, taken.so_far, keep, self.ending)

    @contextmanager
    def _beating(self, taken: TakenWork, hand: Hand) -> Iterator[None]:
        """Give signs of life and pass on what is told, whatever the work itself is busy with."""
        over = Event()
        # The pulse is felt in a file, also while the database lets nobody write.
        given = {"works-heart": self._beat_until, "works-pulse": self._pulse_until}
        told = (over, taken, hand)
        signs = [Thread(target=give, args=told, name=name) for name, give in given.items()]
        for each in signs:
            each.start()
        try:
            yield
        finally:
            over.set()
            for each in signs:
                each.join()

    def _pulse_until(self, over: Event, taken: TakenWork, hand: Hand) -> None:
        files, seen, moved_at = works_in(self.desk.settings.data_dir), None, self.desk.clock()
        while not over.wait(_BEAT_S):
            now = self.desk.clock()
            if hand.progress != seen:
                seen, moved_at = hand.progress, now
            try:
                files.note_pulse(taken.uid, Pulse(taken.attempt_count, now, moved_at))
            except OSError as error:
                logger.warning("no pulse for work %s: %s", taken.uid, error)

    def _beat_until(self, over: Event, taken: TakenWork, hand: Hand) -> None:
        while not over.wait(_BEAT_S):
            try:
                with self.desk.acting(SYSTEM) as act:
                    hand.word = beat_work(act, taken, hand.progress)
            except SQLAlchemyError as error:
                # The next beat may get through; until then the work itself is not disturbed.
                logger.warning("no beat for work %s: %s", taken.uid, type(error).__name__)

    def _finish(self, taken: TakenWork, hand: Hand, made: Made) -> None:
        files, kept = works_in(self.desk.settings.data_dir), None
        if made.file is not None:
            sha256, size = files.keep(made.file, self.desk.clock())
            kept = KeptFile(made.name[-120:], made.media_type, sha256, size)
        with self.desk.acting(hand.actor) as act:
            beat_work(act, taken, hand.progress)
            finish_work(act, taken, kept, made.result)
            if made.also is not None:
                made.also(act)
        files.clear(taken.uid)
        logger.info("work %s is done", taken.uid)

    def _leave(self, taken: TakenWork, hand: Hand | None, sentence: str) -> None:
        """Say why it is not done: it was wished so, the process ends, or it failed."""
        word = Word.GO_ON if hand is None else hand.word
        with self.desk.acting(SYSTEM) as act:
            if word is Word.CANCEL:
                stop_work(act, taken)
            elif self.ending.is_set():
                give_back_work(act, taken)
            else:
                fail_work(act, taken, sentence)


@contextlib.asynccontextmanager
async def run_works(desk: Desk) -> AsyncIterator[None]:
    """Do long work for as long as the server stands: for a lifespan."""
    bench = Workbench(desk, FileLease(desk.settings.data_dir / "works.lock"))
    thread = Thread(target=bench.go_on, name="works", daemon=True)
    thread.start()
    try:
        yield
    finally:
        bench.ending.set()
        await asyncio.to_thread(thread.join, _LAST_WORDS_S)

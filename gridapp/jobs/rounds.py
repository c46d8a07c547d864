"""The rounds of one worker: every worker starts them, only the one with the lease goes."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from gridapp.jobs.deliver import deliver
from gridapp.jobs.forget import forget
from gridapp.jobs.handovers import begin_handovers
from gridapp.jobs.sweep import sweep
from gridapp.services.desk import Desk
from gridapp.services.store.lease import Lease, open_lease

_PAUSE_S: Final = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """Something done every so often."""

    name: str
    every: timedelta
    do: Callable[[Desk], int]


ROUNDS: Final = (
    Round("deliver", timedelta(seconds=10), deliver),
    Round("sweep", timedelta(minutes=1), sweep),
    Round("handovers", timedelta(minutes=1), begin_handovers),
    Round("forget", timedelta(hours=1), forget),
)


@dataclass
class Rounds:
    """Goes the rounds that are due, while this process holds the lease."""

    desk: Desk
    lease: Lease
    rounds: tuple[Round, ...] = ROUNDS
    _gone_at: dict[str, datetime] = field(default_factory=dict)

    def go(self) -> list[str]:
        """Go once; gives the names of the rounds gone. One that fails stops no other."""
        if not self.lease.take():
            return []
        now = self.desk.clock()
        due = [r for r in self.rounds if now - self._last(r, now) >= r.every]
        for each in due:
            self._gone_at[each.name] = now
            self._go(each)
        return [each.name for each in due]

    def _last(self, each: Round, now: datetime) -> datetime:
        return self._gone_at.get(each.name, now - each.every)

    def _go(self, each: Round) -> None:
        try:
            count = each.do(self.desk)
        except Exception:
            logger.exception("the round %s failed; it is gone again in %s", each.name, each.every)
        else:
            if count:
                logger.info("%s: %d", each.name, count)


async def _go_until(rounds: Rounds, stopping: asyncio.Event) -> None:
    """Go the rounds until told to stop; a round that has begun is finished."""
    try:
        while not stopping.is_set():
            await asyncio.to_thread(rounds.go)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _PAUSE_S)
    finally:
        rounds.lease.give_back()


@contextlib.asynccontextmanager
async def run_jobs(desk: Desk) -> AsyncIterator[None]:
    """Run the jobs of this worker for as long as the server stands: for a lifespan."""
    lease = open_lease(desk.engine, desk.settings.data_dir)
    stopping = asyncio.Event()
    going = asyncio.create_task(_go_until(Rounds(desk, lease), stopping))
    try:
        yield
    finally:
        stopping.set()
        await going

"""The hand that does a piece of long work: what it knows, what it tells, and when it must stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, Final
from uuid import UUID

from gridapp.services.desk import Act, Actor
from gridapp.services.works.refusals import WorkStoppedError
from gridapp.services.works.take import Progress, Word

# A guess from less than this is none.
_GUESS_AFTER_S: Final = 2.0


@dataclass(frozen=True)
class Made:
    """What came of a piece of work.

    Args:
        file: A file on the bench, or None when there is nothing to fetch.
        name: What it is called by who fetches it.
        media_type: What it is.
        result: What else is told of it; plain JSON.
        also: What is written down in the same transaction as that it is done: once, or not at all.
    """

    file: Path | None = None
    name: str = ""
    media_type: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    also: Callable[[Act], None] | None = None


def _keep_nothing(_act: Act, _result: dict[str, Any]) -> None:
    """Keep nothing: for work whose steps leave nothing behind before the end."""


@dataclass
class Hand:
    """A piece of work in hand.

    Args:
        uid: Which.
        actor: In whose name it is done, and within whose reach.
        facts: What it is about.
        bench: A folder that a next attempt finds as this one leaves it.
        so_far: What earlier attempts have kept, by ``keep``.
        keep: Writes down what has come of it so far, in the transaction of a step that stays
            whatever becomes of the rest; refuses when another process has the work by now.
        ending: Set when the process ends: the work is given back.
    """

    uid: UUID
    actor: Actor
    facts: dict[str, Any]
    bench: Path
    so_far: dict[str, Any] = field(default_factory=dict)
    keep: Callable[[Act, dict[str, Any]], None] = field(default=_keep_nothing)
    ending: Event = field(default_factory=Event)
    progress: Progress = field(default_factory=Progress)
    word: Word = Word.GO_ON
    _since: tuple[str, float, int] = ("", 0.0, 0)
    _ends_at: float | None = None

    def tell(self, doing: str, done_count: int, total_count: int) -> None:
        """Tell how far it has come; may be called as often as one likes."""
        now = time.monotonic()
        if self._since[0] != doing:
            self._since, self._ends_at = (doing, now, done_count), None
        elif self.progress.done_count != done_count:
            self._guess(now, done_count, total_count)
        left_s = None if self._ends_at is None else max(0, round(self._ends_at - now))
        self.progress = Progress(doing, done_count, total_count, left_s)

    def _guess(self, now: float, done_count: int, total_count: int) -> None:
        """Guess when it ends, at each step forward; between two steps the guess counts down."""
        _, began, at_first = self._since
        spent_s, made = now - began, done_count - at_first
        if made > 0 and spent_s >= _GUESS_AFTER_S:
            self._ends_at = now + (total_count - done_count) * spent_s / made

    def is_stopped(self) -> bool:
        """Tell whether it must stop; ask often."""
        return self.word is not Word.GO_ON or self.ending.is_set()

    def demand_going_on(self) -> None:
        """Go on, unless it must stop.

        Raises:
            WorkStoppedError: It must.
        """
        if self.is_stopped():
            raise WorkStoppedError

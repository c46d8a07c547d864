"""What happens to line and server meanwhile: drawn by a seed, in a thread of its own."""

import threading
from collections import Counter
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Final, Self

from gridapp.services.pauses import Point
from tests.chaos.server import Server
from tests.faults import (
    BROKEN,
    NO_SERVER,
    PASS,
    PORTAL,
    REDIRECT,
    REFUSED,
    SILENCE,
    TOO_OFTEN,
    Fault,
    Line,
    cut,
)

_POINTS: Final[tuple[Point, ...]] = ("after_parse", "after_file", "after_commit")
_BAD: Final = {
    "refused": REFUSED,
    "silence": SILENCE,
    "portal": PORTAL,
    "redirect": REDIRECT,
    "500": BROKEN,
    "502": NO_SERVER,
    "429": TOO_OFTEN,
}
_SHORT_S: Final = (0.2, 1.5)
_POINT_PATIENCE_S: Final = 6.0


class Weather:
    """Turns the line and kills the server until it is told to stop; then all is well again."""

    def __init__(self, line: Line, server: Server, seed: int, kill_every: int = 3) -> None:
        self.line = line
        self.server = server
        self.happened: Counter[str] = Counter()
        self._random = Random(seed)  # noqa: S311 - a seed makes it happen again
        self._kill_every = kill_every
        self._release: Path | None = None
        self._deck: list[Point | None] = []
        self._turned = threading.Semaphore(0)
        self._stop = threading.Event()
        self._fine = threading.Lock()
        self._thread = threading.Thread(target=self._run)
        self._failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self.line.turn(PASS)
        # Whatever a worker waited for in vain, a server that did not come back is the reason.
        if self._failure is not None:
            raise self._failure

    def calm(self) -> threading.Lock:
        """Give what keeps the weather fine while it is held: on a slow machine no page would open.

        Whoever was unlucky twice walks to where there is signal, as a person does.
        """
        return self._fine

    def bring(self, release: Path) -> None:
        """Let the server come back as another release the next time that it dies."""
        self._release = release

    def await_turn(self) -> None:
        """Wait until the weather has changed once more since the last time somebody waited."""
        self._turned.acquire()
        while self._turned.acquire(blocking=False):
            pass

    def _run(self) -> None:
        try:
            turn = 0
            while not self._stop.is_set():
                turn += 1
                with self._fine:
                    if turn % self._kill_every == 0:
                        self._kill()
                    else:
                        self._blow()
                self._turned.release()
                self._stop.wait(self._random.uniform(*_SHORT_S))
        except BaseException as error:  # noqa: BLE001 - told to whoever waits in the other thread
            self._failure = error
            self._turned.release()

    def _kill(self) -> None:
        if not self._deck:
            self._deck = [*_POINTS, None]
            self._random.shuffle(self._deck)
        self.line.turn(PASS)
        if self._release is not None:
            self.server.upgrade(self._release)
            self._release = None
            self.happened["new release"] += 1
            return
        point = self._deck.pop()
        if point is None:
            self.server.kill()
            self.happened["kill"] += 1
        elif self.server.kill_at(point, _POINT_PATIENCE_S):
            self.happened[f"kill {point}"] += 1

    def _blow(self) -> None:
        name, fault = self._draw()
        self.happened[name] += 1
        self.line.turn(fault)
        self._stop.wait(self._random.uniform(*_SHORT_S))
        self.line.turn(PASS)

    def _draw(self) -> tuple[str, Fault]:
        if self._random.random() < 0.35:
            how_far = self._random.randrange(1, 200_000)
            if self._random.random() < 0.5:
                return "cut going up", cut(upward_bytes=how_far)
            return "cut coming down", cut(downward_bytes=how_far % 900)
        name = self._random.choice(sorted(_BAD))
        return name, _BAD[name]

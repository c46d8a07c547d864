"""Asks the decoding processes, a few at a time: who finds too many waiting is told to come again.

Each server process has one forkserver a kind of file, started with the first file and gone after
five quiet minutes. Threads wait here, so that callers run in threads of their own, never in those
that answer everybody (``waiting_threads``).
"""

import fcntl
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, Any, Final

from anyio import CapacityLimiter

from gridapp.domain.errors import BusyError
from gridapp.services.decoding.frames import DATA, END, ENDED, FRAME, REFUSAL, STATUS, RefusedError

_PROGRAM: Final = "from gridapp.services.decoding.forkserver import main; main()"
# Nothing of the server's environment. Huge pages spare a large picture thousands of page faults;
# what a child frees it keeps, since it ends soon.
_ENVIRONMENT: Final = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1",
    "MALLOC_TRIM_THRESHOLD_": "268435456",
}
_FRAME_MOST_BYTES: Final = 16_000_000
_NO_ANSWER: Final = "gone"
_SIGKILL: Final = -9
RETRY_AFTER_S: Final = 5


@dataclass(frozen=True)
class Kind:
    """A kind of foreign file.

    Args:
        module: The decoder's module; only its forkserver ever loads it.
        at_once: So many are decoded at the same time.
        waiting: So many more may wait, each for ``wait_s`` seconds at most.
        memory_bytes: What one may use beside what the forkserver has; more is for who asks.
        seconds: Of processor time, and twice as many by the clock.
    """

    module: str
    at_once: int
    waiting: int
    wait_s: float
    memory_bytes: int
    seconds: int


class Pool:
    """The decoding processes of one kind, as this server process uses them."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._slots = threading.Semaphore(kind.at_once)
        self._queue = threading.Semaphore(kind.at_once + kind.waiting)
        self._starting = threading.Lock()
        self._server: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def ask(self, body: bytes | int, memory_bytes: int = 0, **wish: Any) -> bytes:
        """Have a file decoded and give the whole answer.

        Raises:
            RefusedError: It is refused, broken (``broken``), or costs too much (``memory``).
            BusyError: Too many wait.
        """
        return b"".join(self.stream(body, memory_bytes, **wish))

    def demand_room(self) -> None:
        """Refuse before a file has even been received.

        Raises:
            BusyError: Too many wait.
        """
        if not self._queue.acquire(blocking=False):
            raise BusyError(retry_after_s=RETRY_AFTER_S)
        self._queue.release()

    def stream(self, body: bytes | int, memory_bytes: int = 0, **wish: Any) -> Iterator[bytes]:
        """Have a file decoded and give the answer piece by piece; the errors are those of ``ask``.

        Args:
            body: The bytes, or a descriptor of the file that holds them.
            memory_bytes: Another bound than the kind's.
            wish: What the decoder is asked for.
        """
        bounds = {
            "memory_bytes": memory_bytes or self.kind.memory_bytes,
            "seconds": self.kind.seconds,
        }
        told = json.dumps({**wish, **bounds}).encode()
        with self._turn(), _file(body) as file:
            for is_last in (False, True):
                try:
                    yield from self._answer(told, file)
                except RefusedError as refusal:
                    # The forkserver had just gone: nothing was decoded yet.
                    if refusal.code != _NO_ANSWER:
                        raise
                    if is_last:
                        raise BusyError(retry_after_s=RETRY_AFTER_S) from refusal
                else:
                    return

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._queue.acquire(blocking=False):
            raise BusyError(retry_after_s=RETRY_AFTER_S)
        try:
            if not self._slots.acquire(timeout=self.kind.wait_s):
                raise BusyError(retry_after_s=RETRY_AFTER_S)
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._queue.release()

    def _answer(self, told: bytes, file: int) -> Iterator[bytes]:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.settimeout(2 * self.kind.seconds + 5)
            os.lseek(file, 0, os.SEEK_SET)
            self._send(told, [file, theirs.fileno()])
            theirs.close()
            with ours.makefile("rb") as answer:
                yield from _pieces(answer)

    def _send(self, told: bytes, fds: list[int]) -> None:
        for is_last in (False, True):
            try:
                socket.send_fds(self._control(), [told], fds)
            except OSError:
                self._forget()
                if is_last:
                    raise BusyError(retry_after_s=RETRY_AFTER_S) from None
            else:
                return

    def _control(self) -> socket.socket:
        with self._starting:
            if self._server is not None and self._server[0].poll() is not None:
                self._server[1].close()
                self._server = None
            if self._server is None:
                self._server = _start(self.kind.module)
            return self._server[1]

    def _forget(self) -> None:
        with self._starting:
            if self._server is not None:
                self._server[1].close()
                self._server = None

    def close(self) -> None:
        """End the forkserver and wait for it; when this process ends, it does so by itself."""
        with self._starting:
            if self._server is not None:
                process, control = self._server
                control.close()
                process.wait()
                self._server = None


def _start(module: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own program with our own words
            [sys.executable, "-I", "-c", _PROGRAM, str(theirs.fileno()), module],
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return process, ours


@contextmanager
def _file(body: bytes | int) -> Iterator[int]:
    """Give the bytes as a file without a name; a descriptor is the caller's own."""
    if isinstance(body, int):
        yield body
        return
    file = os.memfd_create("foreign")
    try:
        left = memoryview(body)
        while left:
            left = left[os.write(file, left) :]
        yield file
    finally:
        os.close(file)


def _pieces(answer: IO[bytes]) -> Iterator[bytes]:
    """Give what a child says, until it has said that this was all.

    Raises:
        RefusedError: It refuses, or has died; with the code ``gone`` if nobody knows how.
    """
    while True:
        kind, content = _frame(answer)
        if kind == END:
            return
        if kind == REFUSAL:
            told = json.loads(content)
            raise RefusedError(str(told["code"]), str(told.get("sentence", ""))[:500])
        if kind == STATUS:
            # Killed from outside is no fault of the file: memory is short, or the clock ran out.
            code = "killed" if int(content) == _SIGKILL else "broken"
            raise RefusedError(code, f"{ENDED} {int(content)}")
        yield content


def _frame(answer: IO[bytes]) -> tuple[bytes, bytes]:
    try:
        head = answer.read(FRAME.size)
        kind, size = FRAME.unpack(head) if len(head) == FRAME.size else (b"", 0)
        content = answer.read(size) if size <= _FRAME_MOST_BYTES else b""
    except TimeoutError as error:
        raise RefusedError("killed", "the decoder takes too long") from error
    if kind not in {DATA, REFUSAL, END, STATUS} or len(content) != size:
        raise RefusedError(_NO_ANSWER)
    return kind, content


@cache
def waiting_threads() -> CapacityLimiter:
    """Give the threads for requests that wait for a decoder; the others' threads stay free."""
    return CapacityLimiter(24)


@contextmanager
def one_on_this_machine(wait_s: float) -> Iterator[None]:
    """Wait for the one place that all server processes of this machine share.

    Raises:
        BusyError: It did not become free in time.
    """
    # The lock lies on this very file: it is there, and reading it is enough.
    file = os.open(__file__, os.O_RDONLY)
    try:
        _lock(file, time.monotonic() + wait_s)
        yield
    finally:
        os.close(file)


def _lock(file: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise BusyError(retry_after_s=RETRY_AFTER_S) from None
            time.sleep(0.05)
        else:
            return

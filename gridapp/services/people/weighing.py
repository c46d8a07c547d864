"""How many passwords are weighed at once: argon2 costs 35 ms of a core and 19 MB each.

Strangers have one core at most and a short queue; beyond it they are sent away at once instead of
keeping the server's threads. A device on which the person signed in before does not stand in that
queue.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import BoundedSemaphore

from gridapp.domain.errors import TooManyError


class WeighingRoom:
    """Turns for weighing a password.

    Args:
        known_count: How many are weighed at once for known devices.
        stranger_count: How many at once for all others.
        queue_count: How many of the others may be there, weighed or waiting.
        wait_s: How long a known device waits for its turn.
    """

    def __init__(
        self,
        known_count: int = 2,
        stranger_count: int = 1,
        queue_count: int = 16,
        wait_s: float = 10,
    ) -> None:
        self._known = BoundedSemaphore(known_count)
        self._strangers = BoundedSemaphore(stranger_count)
        self._queue = BoundedSemaphore(queue_count)
        self._wait_s = wait_s

    @contextmanager
    def turn(self, *, is_known_device: bool) -> Iterator[None]:
        """Wait for a turn, and keep it for the block.

        Raises:
            TooManyError: Too many wait already; it tells when to come again.
        """
        with ExitStack() as stack:
            if is_known_device:
                _enter(stack, self._known, self._wait_s)
            else:
                _enter(stack, self._queue, 0)
                _enter(stack, self._strangers, self._wait_s)
            yield


def _enter(stack: ExitStack, room: BoundedSemaphore, wait_s: float) -> None:
    if not room.acquire(timeout=wait_s):
        raise TooManyError(retry_after_s=2)
    stack.callback(room.release)


ROOM = WeighingRoom()

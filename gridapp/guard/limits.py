"""Limits against abuse, counted for all server processes together where they share Redis.

They stand where no row could be counted: addresses, sign-ins, guesses. How many reports and photos
a device or a place may send is counted in the ledger (``services.limits``).
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final, TypeVar

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from gridapp.domain.errors import TooManyError
from gridapp.services.desk import the_desk

Answer = TypeVar("Answer")

logger = logging.getLogger(__name__)

_REDIS_ANSWERS_WITHIN_S: Final = 0.5
_REDIS_ASKED_AGAIN_AFTER_S: Final = 5.0
_KEPT_AS: Final = "rate_limiter"


@dataclass(frozen=True)
class Limit:
    """So many of one key in any window; the name keeps it apart from other limits."""

    name: str
    count: int
    window_s: int = 600


# A whole neighbourhood may share one address, so these are only against floods.
ADDRESS_REPORTS: Final = Limit("reports by address", 120)
KNOWN_DEVICE_REPORTS: Final = Limit("reports by known device", 30)
ADDRESS_PHOTOS: Final = Limit("photos by address", 600)
# Wrong ones only: an office signs in at the same minute.
ADDRESS_SIGN_INS: Final = Limit("wrong sign-ins by address", 200)
DEVICE_SIGN_INS: Final = Limit("wrong sign-ins by device", 20)
KNOWN_DEVICE_SIGN_INS: Final = Limit("wrong sign-ins by known device", 20)


class RateLimiter:
    """Counts in Redis, or in this process's memory when there is none or it does not answer.

    Args:
        redis_url: Shared by the processes; empty for this process alone.
        stopwatch: Seconds of a steady clock, by which Redis is left alone after it failed.
    """

    def __init__(self, redis_url: str, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = _in_redis(redis_url) if redis_url else None
        self._stopwatch = stopwatch
        self._asked_again_at_s = 0.0

    def take(self, limit: Limit, *key: str) -> None:
        """Take one of the key's allowance; a key with an empty part is nobody's, and not counted.

        Raises:
            TooManyError: It is used up.
        """
        if all(key) and not self._do(lambda counts: counts.hit(_item(limit), limit.name, *key)):
            raise self._refusal(limit, *key)

    def demand(self, limit: Limit, *key: str) -> None:
        """Let pass while something is left of the key's allowance, without taking of it.

        Raises:
            TooManyError: It is used up.
        """
        if all(key) and not self._do(lambda counts: counts.test(_item(limit), limit.name, *key)):
            raise self._refusal(limit, *key)

    def count(self, limit: Limit, *key: str) -> None:
        """Take one of the key's allowance where there is one left; never refuses."""
        if all(key):
            self._do(lambda counts: counts.hit(_item(limit), limit.name, *key))

    def _refusal(self, limit: Limit, *key: str) -> TooManyError:
        ends_at = self._do(
            lambda counts: counts.get_window_stats(_item(limit), limit.name, *key).reset_time
        )
        wait_s = min(limit.window_s, max(1, ceil(ends_at - time.time())))
        return TooManyError(retry_after_s=wait_s)

    def _do(self, ask: Callable[[SlidingWindowCounterRateLimiter], Answer]) -> Answer:
        """Ask Redis; while it is away, this process counts for itself: nobody is shut out."""
        if self._shared is not None and self._stopwatch() >= self._asked_again_at_s:
            try:
                return ask(self._shared)
            except (RedisError, OSError) as error:
                self._asked_again_at_s = self._stopwatch() + _REDIS_ASKED_AGAIN_AFTER_S
                logger.warning("limits are counted by each process alone: %s", type(error).__name__)
        return ask(self._own)


def the_limiter() -> RateLimiter:
    """Give the limiter of the process's open desk."""
    desk = the_desk()
    limiter = desk.kept.get(_KEPT_AS)
    if not isinstance(limiter, RateLimiter):
        limiter = desk.kept.setdefault(_KEPT_AS, RateLimiter(desk.settings.redis_url))
    return limiter


def is_crowded(known_device: str, address: str) -> bool:
    """Tell whether more reports come from an address than a whole neighbourhood sends.

    A device that has reported before is counted by itself: a flood behind the same address does not
    put its reports aside.

    Args:
        known_device: The id that the house signed (``Actor.known_device``), or nothing.
        address: Of the visitor; each time it is asked counts.
    """
    try:
        if known_device:
            the_limiter().take(KNOWN_DEVICE_REPORTS, known_device)
        else:
            the_limiter().take(ADDRESS_REPORTS, address)
    except TooManyError:
        return True
    return False


def _item(limit: Limit) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(limit.count, limit.window_s)


def _in_redis(url: str) -> SlidingWindowCounterRateLimiter:
    storage = RedisStorage(
        url,
        key_prefix="gridapp-limits",
        socket_timeout=_REDIS_ANSWERS_WITHIN_S,
        socket_connect_timeout=_REDIS_ANSWERS_WITHIN_S,
    )
    return SlidingWindowCounterRateLimiter(storage)

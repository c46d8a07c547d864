"""Loose limits in this process's memory, where no row could be counted: addresses and sign-ins."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Any, Final

from gridapp.domain.errors import TooManyError
from gridapp.guard.bucket import Bucket

ADDRESS_REPORTS: Final = "address reports"


@dataclass(frozen=True)
class Allowance:
    """So many at once, and as many again in each window."""

    count: int
    window_s: float = 600


class Floodgate:
    """Lets each key have its allowance; only so many keys are remembered, the latest.

    Args:
        allowance: Of each key.
        most_keys: How many are remembered; who is forgotten begins anew.
        stopwatch: Seconds of any steady clock.
    """

    def __init__(
        self,
        allowance: Allowance,
        most_keys: int = 10_000,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._refill_per_s = allowance.count / allowance.window_s
        self._count = allowance.count
        self._most_keys = most_keys
        self._stopwatch = stopwatch
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = Lock()

    def hold(self, key: str) -> None:
        """Take one from the key's allowance; without a key there is nothing to hold.

        Raises:
            TooManyError: It is used up.
        """
        if not key:
            return
        with self._lock:
            bucket = self._buckets.pop(key, None) or Bucket(self._count, self._refill_per_s)
            self._buckets[key] = bucket
            while len(self._buckets) > self._most_keys:
                self._buckets.popitem(last=False)
            if not bucket.take(self._stopwatch()):
                raise TooManyError(retry_after_s=ceil(1 / self._refill_per_s))


def is_crowded(kept: dict[str, Any], address: str) -> bool:
    """Tell whether more reports come from an address than a whole neighbourhood sends.

    Args:
        kept: What the process's desk keeps, so that every door counts together.
        address: Of the visitor; each time it is asked counts.
    """
    gate: Floodgate = kept.setdefault(ADDRESS_REPORTS, Floodgate(Allowance(120)))
    try:
        gate.hold(address)
    except TooManyError:
        return True
    return False


class Floodgates:
    """The gates of one server process."""

    def __init__(self) -> None:
        # A whole neighbourhood may share one address, so these are only against floods.
        self.address_photos = Floodgate(Allowance(600))
        self.address_sign_ins = Floodgate(Allowance(200))
        self.device_sign_ins = Floodgate(Allowance(20))

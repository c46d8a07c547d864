"""How long sign-in is refused after wrong passwords.

A device on which the person signed in before has a count of its own. All other devices share one:
a stranger makes as many devices as he likes. So what strangers do never stops the person's own
phone, and a person with a new phone waits a minute first, not half an hour.
Source: OWASP, "Blocking Brute Force Attacks" (device cookies); NIST SP 800-63B 5.2.2 (waits that
grow).
"""

from datetime import timedelta
from typing import Final

FAILURES_TO_LOCK: Final = 5
LONGEST_LOCK: Final = timedelta(minutes=30)
# Failures longer ago than this are no longer counted.
FAILURES_COUNT_FOR: Final = timedelta(hours=24)


def lock_after(failed_count: int, *, is_known_device: bool) -> timedelta | None:
    """Tell for how long sign-in is refused after so many wrong passwords in a row, if at all."""
    if is_known_device:
        return None if failed_count % FAILURES_TO_LOCK else LONGEST_LOCK
    if failed_count < FAILURES_TO_LOCK:
        return None
    doublings = min(failed_count - FAILURES_TO_LOCK, 5)
    return min(LONGEST_LOCK, timedelta(minutes=2**doublings))

"""Which deeds are told to the reporter of a case by a message: one table, and its limits.

Drawn a second time by hand in ``tests/domain/test_telling_drawing.py``. A message is told when
something has come of the matter, or its promise has changed; what the house does within itself
(accept, take, verify, urge …) is on the tracking page only. Each message costs the street money
and the reporter attention.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from gridapp.domain.vocabulary import Deed


class Occasion(StrEnum):
    """What a message is about; its words stand in ``message_words``."""

    RECEIVED = "received"
    DECLINED = "declined"
    DISPATCHED = "dispatched"
    PAUSED = "paused"
    EXTENDED = "extended"
    HANDLED = "handled"
    SETTLED = "settled"
    CLOSED = "closed"
    MERGED = "merged"
    REOPENED = "reopened"


TOLD: Final[Mapping[Deed, Occasion]] = {
    Deed.REPORT: Occasion.RECEIVED,
    Deed.DECLINE: Occasion.DECLINED,
    Deed.DISPATCH: Occasion.DISPATCHED,
    Deed.PAUSE: Occasion.PAUSED,
    Deed.EXTEND: Occasion.EXTENDED,
    Deed.HANDLE: Occasion.HANDLED,
    Deed.SETTLE: Occasion.SETTLED,
    Deed.CLOSE: Occasion.CLOSED,
    Deed.MERGE: Occasion.MERGED,
    Deed.REOPEN: Occasion.REOPENED,
}

# Of a case, in each channel; the last of them is kept for how the matter ended.
CASE_MAX_COUNT: Final = 8
# To one phone, of all its cases together: somebody may report with another one's number.
PHONE_DAY_MAX_COUNT: Final = 10

_ENDS: Final = frozenset({Occasion.DECLINED, Occasion.SETTLED, Occasion.CLOSED, Occasion.MERGED})


def most_before(occasion: Occasion) -> int:
    """Tell how many messages of a case may have gone before one of this occasion still goes."""
    return CASE_MAX_COUNT if occasion in _ENDS else CASE_MAX_COUNT - 1


def is_told(deed: Deed, *, dispatch_count: int = 0) -> bool:
    """Tell whether a deed is told; sent on from one unit to the next is told the first time only.

    Args:
        deed: What has been done.
        dispatch_count: How often the case has been dispatched, this time included.
    """
    return deed in TOLD and not (deed is Deed.DISPATCH and dispatch_count > 1)

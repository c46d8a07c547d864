"""Whether whoever asked for long work still may have it: each feature writes its own kinds down.

The function that does the work of each kind stands in ``jobs.kinds``.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from gridapp.domain.vocabulary import WorkKind
from gridapp.services.desk import Act

May = Callable[[Act, dict[str, Any]], None]
Asking = TypeVar("Asking", bound=May)

MAY: Final[dict[WorkKind, May]] = {}


def may_ask_for(kind: WorkKind) -> Callable[[Asking], Asking]:
    """Write down that a function refuses whoever may no longer have work of this kind."""

    def write_down(may: Asking) -> Asking:
        MAY[kind] = may
        return may

    return write_down

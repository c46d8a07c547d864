"""Which function does a deed: each feature writes its own deeds down here, and this knows nobody.

``services.all_deeds`` imports every feature, for whoever assembles a process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order

Do = Callable[[Act, Order, Any], dict[str, Any]]
Doing = TypeVar("Doing", bound=Do)


@dataclass(frozen=True)
class Verb:
    """A deed's facts and the function that does it."""

    facts: type[Facts]
    do: Do


VERBS: Final[dict[Deed, Verb]] = {}


def verb(deed: Deed, facts: type[Facts]) -> Callable[[Doing], Doing]:
    """Write down that a function does a deed; above a ``def``, once for each deed that it does.

    Raises:
        ValueError: Another function does it already.
    """

    def write_down(do: Doing) -> Doing:
        if deed in VERBS:
            raise ValueError(f"{deed} is done by {VERBS[deed].do} already")
        VERBS[deed] = Verb(facts, do)
        return do

    return write_down

"""Keeps a file of boundaries for the day on which it is looked at and imported."""

import re
from typing import Final

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand

_PAIR: Final = re.compile(r"(\d{1,5}):([0-9A-Za-z-]{0,32})", re.ASCII)


def keep_file(act: Act, body: bytes) -> str:
    """Keep a file that an importer has sent and give its name; an empty one only asks.

    No row names it, so it is cleared away with strangers' photos once a day has passed.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.IMPORT_BOUNDARIES)
    return act.files.keep(body, act.now) if body else ""


def read_hand(told: str) -> dict[int, str]:
    """Read ``3:310107022001001,7:`` as what was assigned by hand, by the number of the shape."""
    return {int(number): code for number, code in _PAIR.findall(told)}


def write_hand(by_hand: dict[int, str]) -> str:
    """Write what was assigned by hand into an address."""
    return ",".join(f"{number}:{code}" for number, code in sorted(by_hand.items()))

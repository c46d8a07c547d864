"""What every carrier of messages has in common: how it says that it did not carry one."""

from typing import Final

# Longer than any honest answer takes; the next round tries again anyway.
TIMEOUT_S: Final = 10.0
_LATER: Final = frozenset({408, 425, 429})
_SERVER_ERRORS: Final = 500
_CLIENT_ERRORS: Final = 400


class CarrierError(Exception):
    """The other side did not take the message; it may later."""


class UnreachableError(CarrierError):
    """The other side does not answer: it makes no sense to try the next message now."""


class RefusedError(CarrierError):
    """The other side will not take this message however often it is tried."""


class AddressGoneError(RefusedError):
    """Nobody is at this address any more."""


def judge_status(status: int) -> None:
    """Let a status pass that means taken.

    Raises:
        RefusedError: A 4xx that trying again will not change.
        CarrierError: Anything else that is not 2xx.
    """
    if status in range(200, 300):
        return
    said = f"HTTP {status}"
    if status in range(_CLIENT_ERRORS, _SERVER_ERRORS) and status not in _LATER:
        raise RefusedError(said)
    raise CarrierError(said)

"""How many sockets there may be: people who are signed in and strangers each have their room."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """How much one socket may say, and how many sockets there may be.

    The longest honest frame is a form with a text of 20,000 characters.
    """

    frame_characters: int = 64 * 1024
    burst_count: float = 60
    frames_per_s: float = 20
    sockets_per_cookie: int = 16
    # People who are signed in have their room to themselves; nobody else needs a socket for long.
    session_sockets: int = 4_000
    stranger_sockets: int = 300
    stranger_sockets_per_address: int = 30
    join_within_s: float = 10
    lookups_per_address: int = 32


@dataclass(frozen=True)
class Place:
    """What a socket is counted by: a session, or a stranger's address."""

    holder: str
    address: str
    is_stranger: bool


class Room:
    """The sockets of this server process.

    Args:
        limits: How many there may be.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._session_sockets: Counter[str] = Counter()
        self._stranger_sockets: Counter[str] = Counter()

    @property
    def socket_count(self) -> int:
        """How many sockets are open."""
        return self._session_sockets.total() + self._stranger_sockets.total()

    def enter(self, place: Place) -> bool:
        """Take a place in; False when there is no room left for it."""
        limits, sockets = self._limits, self._sockets_of(place)
        if place.is_stranger:
            each, everyone = limits.stranger_sockets_per_address, limits.stranger_sockets
        else:
            each, everyone = limits.sockets_per_cookie, limits.session_sockets
        if sockets[_key(place)] >= each or sockets.total() >= everyone:
            return False
        sockets[_key(place)] += 1
        return True

    def leave(self, place: Place) -> None:
        """Give the place back."""
        sockets = self._sockets_of(place)
        sockets[_key(place)] -= 1
        sockets += Counter()  # in place: drops the zeros, so that the table does not grow

    def _sockets_of(self, place: Place) -> Counter[str]:
        return self._stranger_sockets if place.is_stranger else self._session_sockets


def _key(place: Place) -> str:
    return place.address if place.is_stranger else place.holder


class SessionLookups:
    """Asks whether session cookies are somebody's, in threads of its own.

    A stranger can send as many made-up cookies as connections: they wait here for each other and
    not among the events of people at work, and one address has only so many waiting.

    Args:
        is_session: Tells it of one cookie's value.
        per_address_count: How many of one address may wait.
    """

    def __init__(self, is_session: Callable[[str], bool], per_address_count: int) -> None:
        self._is_session = is_session
        self._per_address_count = per_address_count
        self._threads = ThreadPoolExecutor(2, "socket-session")
        self._waiting: Counter[str] = Counter()

    async def ask(self, cookie: str, address: str) -> bool:
        """Tell whether the cookie is a living session; no, when the database does not answer."""
        if self._waiting[address] >= self._per_address_count:
            return False
        self._waiting[address] += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._is_session, cookie)
        except SQLAlchemyError as error:
            logger.warning("a socket's session is unknown: %s", type(error).__name__)
            return False
        finally:
            self._waiting[address] -= 1
            self._waiting += Counter()

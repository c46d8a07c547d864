"""Whose state a socket opens: the client's token, bound to the cookie that came with it.

Reflex's token is a random number in an address, bound to nothing: whoever reads it (a log, a shared
screen, a proxy) opens the other's state. Sealed, it opens something only together with the cookie.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from redis.asyncio import Redis
from reflex.utils.token_manager import LocalTokenManager, RedisTokenManager, SocketRecord

_BINDING_CHARACTERS: Final = 24
_PART: Final = re.compile(r"[0-9a-f]{32}")


@dataclass
class Page:
    """What the gate learns of the document behind a socket, kept in the socket's ASGI scope."""

    SCOPE_KEY: ClassVar[str] = "gridapp.page"

    is_fresh: bool = False


class Sealer:
    """Turns (cookie, token) into the name of a state that nobody else can name.

    Args:
        secret_key: The house's secret; with another one every state is a new one.
    """

    def __init__(self, secret_key: str) -> None:
        self._key = hashlib.sha256(b"gridapp.guard.token:" + secret_key.encode()).digest()

    def binding(self, cookie: str) -> str:
        """Give the part of a sealed token that stands for the cookie."""
        return self._digest("cookie", cookie)[:_BINDING_CHARACTERS]

    def seal(self, token: str, cookie: str) -> str:
        """Seal a client's token; one sealed for the same cookie stays as it is."""
        binding = self.binding(cookie)
        ours, _, part = token.partition("-")
        if hmac.compare_digest(ours.encode(), binding.encode()) and _PART.fullmatch(part):
            return token
        return f"{binding}-{self._digest('token', token)[:32]}"

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def another_token(sealed: str) -> str:
    """Make a new token for the same cookie."""
    binding, _, _ = sealed.partition("-")
    return f"{binding}-{secrets.token_hex(16)}"


class NewestSocketWins(LocalTokenManager):
    """Keeps a page's state when its socket comes back before the old one is known to be dead.

    A phone that changes networks leaves a half-open socket behind for up to 145 s. Reflex takes
    the new socket for a second tab and gives it an empty state. Here a document that comes *back*
    takes over, and only a *freshly opened* one beside a living socket (a duplicated tab, which
    copies the token) gets a state of its own.

    Args:
        is_fresh: Tells of a socket whether its document has just been opened.
        leave: Closes the socket that has been taken over.
    """

    def __init__(self, is_fresh: Callable[[str], bool], leave: Callable[[str], None]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Reflex leaves it untyped
        self._is_fresh = is_fresh
        self._leave = leave

    async def link_token_to_sid(self, token: str, sid: str) -> str | None:
        """Link a token to a socket; gives a new token to a duplicated tab, else None."""
        old = self.token_to_socket.get(token)
        given = None
        if old is not None and old.sid != sid:
            if self._is_fresh(sid):
                token = given = another_token(token)
            else:
                self.sid_to_token.pop(old.sid, None)
                self._leave(old.sid)
        self.token_to_socket[token] = SocketRecord(instance_id=self.instance_id, sid=sid)
        self.sid_to_token[sid] = token
        return given

    async def disconnect_token(self, token: str, sid: str) -> None:
        """Forget a socket; the token stays linked when a newer socket holds it."""
        self.sid_to_token.pop(sid, None)
        record = self.token_to_socket.get(token)
        if record is not None and record.sid == sid:
            del self.token_to_socket[token]


class NewestSocketWinsEverywhere(RedisTokenManager):
    """The same for several workers that share Redis: a page may come back to another worker.

    Args:
        redis: The shared Redis.
        is_fresh: Tells of a socket whether its document has just been opened.
        leave: Closes the socket that has been taken over, when it is one of this worker's.
    """

    def __init__(
        self, redis: Redis, is_fresh: Callable[[str], bool], leave: Callable[[str], None]
    ) -> None:
        super().__init__(redis)
        self._is_fresh = is_fresh
        self._leave = leave

    async def link_token_to_sid(self, token: str, sid: str) -> str | None:
        """Link a token to a socket; gives a new token to a duplicated tab, else None."""
        # Hears of a page that goes over to another worker, and forgets it here.
        self._ensure_socket_record_task()
        await self.is_token_connected(token)
        old = self.token_to_socket.get(token)
        given = None
        if old is not None and old.sid != sid:
            if self._is_fresh(sid):
                token = given = another_token(token)
            else:
                self.sid_to_token.pop(old.sid, None)
                if old.instance_id == self.instance_id:
                    self._leave(old.sid)
        record = SocketRecord(instance_id=self.instance_id, sid=sid)
        self.token_to_socket[token] = record
        self.sid_to_token[sid] = token
        await self._store_socket_record(token, record)
        return given

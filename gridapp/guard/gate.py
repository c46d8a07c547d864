"""The gate before Reflex: who may open a socket, under which name, and what passes through it."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from reflex_base.registry import RegistrationContext
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridapp.guard.bucket import Bucket
from gridapp.guard.cookies import SESSION_COOKIE, read_cookie
from gridapp.guard.frames import Frame, read_frame
from gridapp.guard.origins import admits_origin
from gridapp.guard.socket_room import Limits, Place, Room, SessionLookups
from gridapp.guard.tokens import Page, Sealer
from gridapp.guard.visitors import address_of

_SOCKET_PATH: Final = "/_event"
_CLOSED_PATHS: Final = (
    _SOCKET_PATH,
    "/_upload",
    "/_health",
    "/_all_routes",
    "/ping",
    "/auth-codespace",
)
_LONGEST_TOKEN_CHARACTERS: Final = 100


class Gate:
    """Stands before Reflex's own endpoints.

    Args:
        app: Reflex, or what wraps it.
        public_origin: Scheme, host and port of the public address.
        secret_key: Seals the clients' tokens.
        is_session: Tells whether a session cookie is somebody's; asked outside the event loop.
        limits: What one socket and all of them may use.
        clock_s: A steady clock's seconds, for the buckets.
    """

    def __init__(  # noqa: PLR0913 - each by its name: what a gate is made of
        self,
        app: ASGIApp,
        *,
        public_origin: str,
        secret_key: str,
        is_session: Callable[[str], bool],
        limits: Limits | None = None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.public_origin = public_origin
        self.limits = limits or Limits()
        self.dropped_count: Counter[str] = Counter()
        self._sealer = Sealer(secret_key)
        self._clock_s = clock_s
        self._room = Room(self.limits)
        self._lookups = SessionLookups(is_session, self.limits.lookups_per_address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, or let it through."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http" and _is_closed(scope["path"]):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        token = _token(scope)
        if token is None or not self._may_knock(scope, headers):
            self.dropped_count["handshake"] += 1
            await send({"type": "websocket.close", "code": 1008})
            return
        session = read_cookie("; ".join(headers.getlist("cookie")), SESSION_COOKIE)
        place = await self._place(scope, session)
        if not self._room.enter(place):
            self.dropped_count["too many sockets"] += 1
            await send({"type": "websocket.close", "code": 1013})
            return
        # Without a session a state lasts as long as its socket: public pages keep nothing in it.
        cookie = session or f"socket {secrets.token_hex(16)}"
        sealed = {
            "EIO": "4",
            "transport": "websocket",
            "token": self._sealer.seal(token, cookie),
        }
        inner: Scope = {
            **scope,
            "headers": _inner_headers(scope, session),
            "query_string": urlencode(sealed).encode(),
            Page.SCOPE_KEY: (page := Page()),
        }
        try:
            await self.app(inner, self._sifted(page, receive, send), send)
        finally:
            self._room.leave(place)

    async def _place(self, scope: Scope, session: str | None) -> Place:
        """Tell what a socket is counted by; a stranger costs no more than this."""
        address = address_of(HTTPConnection(scope))
        if session is None or not await self._lookups.ask(session, address):
            return Place("", address, is_stranger=True)
        return Place(self._sealer.binding(session), address, is_stranger=False)

    def _may_knock(self, scope: Scope, headers: Headers) -> bool:
        if scope["path"].rstrip("/") != _SOCKET_PATH:
            return False
        origin, host = headers.get("origin", ""), headers.get("host", "")
        return admits_origin(origin, host, self.public_origin)

    def _sifted(self, page: Page, receive: Receive, send: Send) -> Receive:
        """Wrap ``receive`` so that only frames which one of our pages would send come through.

        A socket that does not join the namespace in time is closed: it is no page of ours.
        """
        bucket = Bucket(self.limits.burst_count, self.limits.frames_per_s)
        join_until_s = self._clock_s() + self.limits.join_within_s
        is_connected = False

        async def next_message() -> Message:
            nonlocal is_connected
            while True:
                left_s = None if is_connected else max(0, join_until_s - self._clock_s())
                message = await self._in_time(receive, send, left_s)
                if message["type"] != "websocket.receive":
                    return message
                frame = self._frame(message, bucket)
                if frame in {Frame.CONNECT_FRESH, Frame.CONNECT_AGAIN}:
                    if is_connected:
                        continue
                    is_connected = True
                    page.is_fresh = frame is Frame.CONNECT_FRESH
                elif frame is Frame.DISCONNECT:
                    is_connected = False
                if frame is not None:
                    return message

        return next_message

    async def _in_time(self, receive: Receive, send: Send, left_s: float | None) -> Message:
        """Give the next message, or close the socket and give its end."""
        try:
            async with asyncio.timeout(left_s):
                return await receive()
        except TimeoutError:
            self.dropped_count["never joined"] += 1
            await send({"type": "websocket.close", "code": 1008})
            return {"type": "websocket.disconnect", "code": 1008}

    def _frame(self, message: Message, bucket: Bucket) -> Frame | None:
        text = message.get("text") or ""
        if not bucket.take(self._clock_s()):
            self.dropped_count["too fast"] += 1
            return None
        if len(text) > self.limits.frame_characters:
            self.dropped_count["too long"] += 1
            return None
        frame = read_frame(text, _is_registered)
        if frame is None:
            self.dropped_count["unknown"] += 1
        return frame


def _inner_headers(scope: Scope, session: str | None) -> list[tuple[bytes, bytes]]:
    """Give the headers for Reflex, which keeps them in its states: one cookie at most."""
    headers = [pair for pair in scope["headers"] if pair[0].lower() != b"cookie"]
    if session:
        headers.append((b"cookie", f"{SESSION_COOKIE}={session}".encode()))
    return headers


def _token(scope: Scope) -> str | None:
    """Give the one token of a handshake by websocket, or None."""
    query: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    tokens: list[str] = query.get("token", [])
    if query.get("transport") != ["websocket"] or len(tokens) != 1:
        return None
    return tokens[0] if len(tokens[0]) <= _LONGEST_TOKEN_CHARACTERS else None


def _is_closed(path: str) -> bool:
    return any(path == closed or path.startswith(f"{closed}/") for closed in _CLOSED_PATHS)


def _is_registered(name: Any) -> bool:
    return name in RegistrationContext.get().event_handlers

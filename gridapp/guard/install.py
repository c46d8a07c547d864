"""Puts the guard onto a Reflex app: one line at assembly each for events and for the gate."""

from collections.abc import Callable
from typing import Any, Final

import reflex as rx
from reflex.state import FrontendEventExceptionState
from reflex.utils import prerequisites
from reflex_base.config import get_config
from starlette.types import ASGIApp

from gridapp.guard.gate import Gate
from gridapp.guard.middleware import EventGuard, Identify, TellRefusal
from gridapp.guard.origins import admits_origin
from gridapp.guard.socket_room import Limits
from gridapp.guard.tokens import NewestSocketWins, NewestSocketWinsEverywhere, Page
from gridapp.settings import Settings

_LIMITS: Final = Limits()


def guard_events(
    app: rx.App, public_origin: str, *, identify: Identify, tell: TellRefusal
) -> EventGuard:
    """Let every event of the app pass the guard; gives the guard for its counts.

    Args:
        app: The assembled app.
        public_origin: Scheme, host and port of the public address.
        identify: Tells who holds a session cookie's value.
        tell: Puts a refusal where the page shows it.
    """
    guard = EventGuard(identify, tell)
    app.add_middleware(guard, index=0)
    # Reflex answers some errors of the page with a script to evaluate, which our policy forbids.
    FrontendEventExceptionState.auto_reload_on_errors = []
    _tame_sockets(app, public_origin)
    return guard


def gate(settings: Settings, identify: Identify) -> Callable[[ASGIApp], Gate]:
    """Make the gate, as an entry of ``rx.App(api_transformer=[…])``."""
    return lambda app: Gate(
        app,
        public_origin=settings.origin,
        secret_key=settings.secret_key,
        is_session=lambda cookie: identify(cookie) is not None,
        limits=_LIMITS,
    )


def _tame_sockets(app: rx.App, public_origin: str) -> None:
    """Give the socket server our rules; Reflex 0.10.1 has no public way to hand them over."""
    if "*" in get_config().cors_allowed_origins:
        # Reflex would let any page on the web read our answers with the reader's cookie.
        raise RuntimeError("rxconfig.py: cors_allowed_origins must list exact origins")
    server, namespace = app.sio, app.event_namespace
    if server is None or namespace is None:
        raise RuntimeError("the app has no state, so it has no sockets to guard")

    def admits(origin: str, environ: dict[str, Any]) -> bool:
        return admits_origin(origin, environ.get("HTTP_HOST", ""), public_origin)

    def is_fresh(sid: str) -> bool:
        environ = server.get_environ(sid, namespace.namespace) or {}
        page = environ.get("asgi.scope", {}).get(Page.SCOPE_KEY)
        return page is not None and page.is_fresh

    def leave(sid: str) -> None:
        # In the background: a half-open socket may take its time to be closed.
        server.start_background_task(server.disconnect, sid, namespace.namespace)

    # The gate has asked already; this is for the day when someone forgets the gate.
    server.eio.cors_allowed_origins = admits
    # Told to the browser in the handshake, so that it does not send what the gate would drop.
    server.eio.max_http_buffer_size = _LIMITS.frame_characters
    redis = prerequisites.get_redis() if prerequisites.check_redis_used() else None
    namespace._token_manager = (  # noqa: SLF001 - no public way
        NewestSocketWins(is_fresh, leave)
        if redis is None
        else NewestSocketWinsEverywhere(redis, is_fresh, leave)
    )

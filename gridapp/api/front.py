"""The door of the API: counts every request, and lets no fault through without an answer."""

import logging
import time
from collections.abc import Callable
from typing import Final

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridapp.api.errors import on_anything_else
from gridapp.api.figures import Figures
from gridapp.api.problems import problem_of
from gridapp.api.wire import UnreadableError

_METHODS: Final = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"})

logger = logging.getLogger(__name__)


class Front:
    """Wraps the API; what is no HTTP passes (the lifespan).

    Args:
        api: What answers.
        figures: Where requests are counted.
        served: What stands before the API and hands on to it; the API itself when None.
        stopwatch: Seconds of any steady clock.
    """

    def __init__(
        self,
        api: FastAPI,
        figures: Figures,
        served: ASGIApp | None = None,
        stopwatch: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.api = api
        self._served = served or api
        self._figures = figures
        self._stopwatch = stopwatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._served(scope, receive, send)
            return
        begun_s = self._stopwatch()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._answer(scope, receive, noting)
        except Exception as error:
            # The last net. The address may hold a token, so only its template is logged.
            logger.exception("%s failed", _route_of(scope))
            if not status:
                answer = on_anything_else(Request(scope), error)
                await answer(scope, receive, noting)
        finally:
            self._figures.count(_route_of(scope), status, self._stopwatch() - begun_s)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        # No database keeps a NUL, and no address of ours has one.
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await problem_of(UnreadableError())(scope, receive, send)
        else:
            await self._served(scope, receive, send)


def _route_of(scope: Scope) -> str:
    """Name the route by its template: the addresses themselves hold tokens."""
    path = getattr(scope.get("route"), "path", "none")
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    return f"{method} {path}"

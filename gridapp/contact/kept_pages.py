"""A building's page for everybody who scans it at once: made once, handed out for a moment.

A storm makes a whole neighbourhood scan the same few posters. The page is the same for all but its
cookies, so it is made by the first who asks and handed to the others as it is, squeezed already;
after ``GRID_PLACE_KEPT_S`` it is made anew. What is refused is never kept.
"""

import asyncio
import gzip
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gridapp.services.desk import Desk, the_desk

_MOST: Final = 500
_HERE: Final = "kept pages"
_OWN: Final = (b"set-cookie", b"content-length")


@dataclass(frozen=True)
class _Kept:
    """A page as it is sent: plain and squeezed, with the headers that are the same for all."""

    plain: bytes
    squeezed: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    until_s: float


class KeptPages:
    """The pages of one process; whoever asks while one is being made waits for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._coming: dict[Hashable, asyncio.Future[Response]] = {}

    async def give(
        self, request: Request, key: Hashable, make: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Give a page from what is kept, or make it."""
        kept = self._kept.get(key)
        if kept is None or kept.until_s < time.monotonic():
            response = await self._made(key, make)
            kept = self._kept.get(key)
            if kept is None or response.status_code != HTTPStatus.OK:
                return response
        return _answer(request, kept)

    async def _made(self, key: Hashable, make: Callable[[], Awaitable[Response]]) -> Response:
        coming = self._coming.get(key)
        if coming is not None:
            # Whoever waits is let go alone; the page is made all the same.
            return await asyncio.shield(coming)
        task = asyncio.ensure_future(make())
        self._coming[key] = task
        try:
            response = await asyncio.shield(task)
            self._keep(key, response)
            return response
        finally:
            self._coming.pop(key, None)

    def _keep(self, key: Hashable, response: Response) -> None:
        self._kept.pop(key, None)
        if response.status_code != HTTPStatus.OK:
            return
        body = bytes(response.body)
        headers = tuple(pair for pair in response.raw_headers if pair[0] not in _OWN)
        until_s = time.monotonic() + the_desk().settings.place_kept_s
        self._kept[key] = _Kept(body, gzip.compress(body, mtime=0), headers, until_s)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)


def kept_pages(desk: Desk) -> KeptPages:
    """Give the pages that a desk keeps."""
    pages: KeptPages = desk.kept.setdefault(_HERE, KeptPages())
    return pages


def _answer(request: Request, kept: _Kept) -> Response:
    is_squeezed = "gzip" in request.headers.get("accept-encoding", "")
    response = Response(kept.squeezed if is_squeezed else kept.plain)
    length = next(pair for pair in response.raw_headers if pair[0] == b"content-length")
    response.raw_headers = [*kept.headers, length, (b"vary", b"Accept-Encoding, Cookie")]
    if is_squeezed:
        response.raw_headers.append((b"content-encoding", b"gzip"))
    return response

"""长辈版: larger words and targets on every resident's page, remembered by a cookie.

Which reader a page is for stands beside the request, not in every function's arguments: a page
is the same page, only larger.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.device import own_device
from gridapp.contact.filled import Filled
from gridapp.contact.who import safe_next
from gridapp.guard.cookies import read_cookie
from gridapp.services.desk import the_desk

ELDER_COOKIE: Final = "grid_elder"
# Text sizes in pixels; the first is the one with which 长辈版 begins.
SIZES_PX: Final = (20, 24, 30)
# In a form that has something typed in it, the choice is a button of that form.
FIELD: Final = "text_px"
_USUAL: Final = 0
_KEPT_S: Final = 400 * 86_400


@dataclass(frozen=True)
class Reader:
    """For whom a page is drawn.

    Args:
        text_px: Size of the text in 长辈版, or 0 in the usual one.
        here: The page's address, to come back to.
        is_new: Whether the browser has no page of ours yet, and so no sheet of styles.
    """

    text_px: int = _USUAL
    here: str = "/"
    is_new: bool = False


_NOBODY: Final = Reader()
_READER: Final[ContextVar[Reader]] = ContextVar("reader", default=_NOBODY)


def reader() -> Reader:
    """Give the reader of the page being made."""
    return _READER.get()


@contextmanager
def read_by(request: Request) -> Iterator[None]:
    """Draw pages for whoever asks, until the block ends."""
    reader = Reader(_remembered(request), _here(request), is_new=not own_device(request))
    token = _READER.set(reader)
    try:
        yield
    finally:
        _READER.reset(token)


@contextmanager
def read_at(text_px: int) -> Iterator[None]:
    """Draw the same page at another size, until the block ends."""
    token = _READER.set(replace(reader(), text_px=text_px))
    try:
        yield
    finally:
        _READER.reset(token)


def choose_size(_request: Request, filled: Filled) -> Response:
    """Take down which size is wanted, and go back to the page."""
    onward = safe_next(filled.one("next")) or "/"
    return remember_size(wanted_size(filled), RedirectResponse(onward, HTTPStatus.SEE_OTHER))


def wanted_size(filled: Filled) -> int:
    """Read the size that was asked for; what is none is the usual one."""
    return _size(filled.one(FIELD))


def remember_size(text_px: int, response: Response) -> Response:
    """Let the browser remember a size, or forget it."""
    secure = the_desk().settings.is_https
    kept_s = _KEPT_S if text_px else 0
    response.set_cookie(
        ELDER_COOKIE, str(text_px), max_age=kept_s, httponly=True, samesite="lax", secure=secure
    )
    return response


def _remembered(request: Request) -> int:
    return _size(read_cookie(request.headers.get("cookie", ""), ELDER_COOKIE) or "")


def _size(given: str) -> int:
    return next((size for size in SIZES_PX if str(size) == given), _USUAL)


def _here(request: Request) -> str:
    """Give an address that can be asked for: of a form that was sent, the page it stood on."""
    url = request.url
    if request.method != "GET":
        url = urlsplit(request.headers.get("referer", ""))  # type: ignore[assignment] # same parts
    return safe_next(f"{url.path}?{url.query}" if url.query else url.path) or "/"

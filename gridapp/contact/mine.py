"""What a phone keeps of its own: the matters reported from it, and the building scanned last.

In cookies that no script can read: they work without script and inside WeChat, where a browser's
storage is emptied after a week, and the list shows how each matter stands today.
"""

import re
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.filled import Filled
from gridapp.guard.cookies import read_cookie
from gridapp.services.desk import the_desk

MINE_COOKIE: Final = "grid_mine"
PLACE_COOKIE: Final = "grid_place"
# As many as a phone's home page shows: cookies travel with every request.
MINE_MAX_COUNT: Final = 10
_TRACK: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
_BETWEEN: Final = "."
_KEPT_S: Final = 400 * 86_400


def mine(request: Request) -> tuple[str, ...]:
    """Give the tokens that this phone keeps, the newest first."""
    kept = read_cookie(request.headers.get("cookie", ""), MINE_COOKIE) or ""
    tracks = [track for track in kept.split(_BETWEEN) if _TRACK.fullmatch(track)]
    return tuple(dict.fromkeys(tracks))[:MINE_MAX_COUNT]


def keep_mine(request: Request, track: str, response: Response) -> Response:
    """Let the phone keep a token, in front of the others."""
    return _write(response, (track, *(one for one in mine(request) if one != track)))


def choose_mine(request: Request, filled: Filled) -> Response:
    """Keep a matter on this phone or take it off, and go back to it."""
    track = request.path_params["track"]
    others = tuple(one for one in mine(request) if one != track)
    wanted = (track, *others) if filled.one("keep") == "yes" else others
    onward = RedirectResponse(f"/c/{track}?done=mine", HTTPStatus.SEE_OTHER)
    return _write(onward, wanted)


def last_place(request: Request) -> str:
    """Give the code of the building whose page was opened last, or nothing."""
    return read_cookie(request.headers.get("cookie", ""), PLACE_COOKIE) or ""


def keep_place(request: Request, code: str, response: Response) -> Response:
    """Remember the building whose page is shown."""
    if last_place(request) != code:
        _set(response, PLACE_COOKIE, code)
    return response


def _write(response: Response, tracks: tuple[str, ...]) -> Response:
    kept = [track for track in tracks if _TRACK.fullmatch(track)][:MINE_MAX_COUNT]
    _set(response, MINE_COOKIE, _BETWEEN.join(kept))
    return response


def _set(response: Response, name: str, value: str) -> None:
    secure = the_desk().settings.is_https
    response.set_cookie(
        name, value, max_age=_KEPT_S if value else 0, httponly=True, samesite="lax", secure=secure
    )

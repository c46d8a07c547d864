"""``/``: the resident's home, one tap from the poster: my matters, notices, people, numbers."""

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.mine import last_place, mine
from gridapp.contact.pages import NEVER_KEPT, page
from gridapp.contact.words import home as words
from gridapp.domain.codes import is_building_code, normalise
from gridapp.domain.errors import UnknownPlaceError
from gridapp.services.areas.places import PlaceView, see_place
from gridapp.services.cases.find import find_place
from gridapp.services.cases.mine import list_mine
from gridapp.services.desk import RESIDENT, Act, looking
from gridapp.services.notices.lists import PublicNoticeView, public_notices

_TYPED_MAX_CHARACTERS: Final = 40


def show_home(request: Request) -> Response:
    """Show what a resident comes back for."""
    return _home(request)


def open_code(request: Request) -> Response:
    """Go on to the building whose code was typed; a wrong one is told, and stays in the field."""
    typed = request.query_params.get("code", "")[:_TYPED_MAX_CHARACTERS]
    code = normalise(typed)
    if is_building_code(code):
        return RedirectResponse(f"/q/{code}", HTTPStatus.SEE_OTHER)
    return _home(request, typed, words.code_wrong(code))


def _home(request: Request, typed: str = "", error: str = "") -> Response:
    with looking(RESIDENT) as act:
        place, notices = _here(act, last_place(request))
        matters = list_mine(act, mine(request))
    return page(
        "home",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        kept=NEVER_KEPT,
        place=place,
        notices=notices,
        matters=matters,
        typed=typed,
        error=error,
    )


def _here(act: Act, code: str) -> tuple[PlaceView | None, tuple[PublicNoticeView, ...]]:
    """Give the building that was scanned last, and what its grid tells; it may be gone by now."""
    if not code:
        return None, ()
    try:
        place = see_place(act, code)
    except UnknownPlaceError:
        return None, ()
    return place, public_notices(act, find_place(act, code).grid_path)

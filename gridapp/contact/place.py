"""``/q/{code}``: what a poster's code opens; and the search for a place without a code."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.words import place as words
from gridapp.domain.errors import UnknownPlaceError
from gridapp.services.areas.buildings import FOUND_MAX_COUNT, find_buildings
from gridapp.services.areas.places import see_place
from gridapp.services.desk import RESIDENT, looking


def show_place(request: Request) -> Response:
    """Show the building, who answers for it, and the way to report."""
    code = request.path_params["code"]
    try:
        with looking(RESIDENT) as act:
            place = see_place(act, code)
    except UnknownPlaceError:
        return search_page("", unknown=True)
    return page("place", words, kept=ASKED_AGAIN, place=place)


def search_page(typed: str, *, unknown: bool = False) -> Response:
    """Show the search for a building, with what was found for the words typed."""
    with looking(RESIDENT) as act:
        found = find_buildings(act, typed)
    return page(
        "search",
        words,
        status=HTTPStatus.NOT_FOUND if unknown else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        unknown=unknown,
        typed=typed,
        found=found,
        is_cut=len(found) >= FOUND_MAX_COUNT,
        most=FOUND_MAX_COUNT,
    )

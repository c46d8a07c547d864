"""``/q/{code}``: what a poster's code opens; and the search for a place without a code."""

from http import HTTPStatus
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.device import remembered, visitor
from gridapp.contact.filled import Filled, uid_of
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.words import place as words
from gridapp.domain.errors import (
    FactsError,
    NotThereError,
    OtherContentError,
    TooManyError,
    UnknownPlaceError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.buildings import FOUND_MAX_COUNT, find_buildings
from gridapp.services.areas.lost_codes import LostCode, see_lost_code
from gridapp.services.areas.places import see_place
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT, acting, looking
from gridapp.services.orders import Order


def show_place(request: Request) -> Response:
    """Show the building, who answers for it, what is open there, and the way to report."""
    return _place_page(request.path_params["code"])


def say_me_too(request: Request, filled: Filled) -> Response:
    """Join an open matter, and go on to follow it; a second press of one device is the first."""
    code, actor = request.path_params["code"], visitor(request)
    order = Order(
        Deed.ME_TOO, filled.one("matter")[:64], {"at": code[:64]}, uid=uid_of(filled.one("uid"))
    )
    try:
        with acting(actor) as act:
            track = do_deed(act, order).reply["track"]
    except (NotThereError, TooManyError, OtherContentError, FactsError) as refusal:
        return _place_page(code, refusal.sentence, HTTPStatus(refusal.status))
    onward = RedirectResponse(f"/c/{track}?done=me_too", HTTPStatus.SEE_OTHER)
    return remembered(request, actor, onward)


def _place_page(code: str, told: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    try:
        with looking(RESIDENT) as act:
            place = see_place(act, code)
    except UnknownPlaceError:
        return lost_page(code)
    shown = [(matter, uuid4()) for matter in place.matters]
    most = words.MATTERS_SHOWN
    return page(
        "place",
        words,
        status=status,
        kept=ASKED_AGAIN,
        place=place,
        told=told,
        matters=shown[:most],
        more_matters=shown[most:],
    )


def lost_page(code: str, kept_text: str = "") -> Response:
    """Say what became of a code, and let one find the place; typed words are shown again.

    Args:
        code: What was scanned or typed.
        kept_text: What stood in a form whose place has gone meanwhile.
    """
    with looking(RESIDENT) as act:
        lost = see_lost_code(act, code)
    return _search("", HTTPStatus.NOT_FOUND, lost, kept_text)


def search_page(typed: str) -> Response:
    """Show the search for a building, with what was found for the words typed."""
    return _search(typed, HTTPStatus.OK)


def _search(
    typed: str, status: HTTPStatus, lost: LostCode | None = None, kept_text: str = ""
) -> Response:
    with looking(RESIDENT) as act:
        found = find_buildings(act, typed)
    title, lead = words.lost(lost) if lost else (words.SEARCH_TITLE, words.SEARCH_LEAD)
    return page(
        "search",
        words,
        status=status,
        kept=ASKED_AGAIN,
        title=title,
        lead=lead,
        lost=lost,
        kept_text=kept_text,
        typed=typed,
        found=found,
        is_cut=len(found) >= FOUND_MAX_COUNT,
        most=FOUND_MAX_COUNT,
    )

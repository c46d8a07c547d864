"""``/q/{code}``: what a poster's code opens; and the search for a place without a code."""

from functools import partial
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid5

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.device import remembered, visitor
from gridapp.contact.doors import Endpoint, reading
from gridapp.contact.elder import read_by, reader
from gridapp.contact.filled import Filled
from gridapp.contact.kept_pages import kept_pages
from gridapp.contact.mine import keep_mine, keep_place
from gridapp.contact.pages import ASKED_AGAIN, page, wait_a_while
from gridapp.contact.words import place as words
from gridapp.domain.codes import normalise
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
from gridapp.services.desk import RESIDENT, acting, looking, the_desk
from gridapp.services.orders import Order

_made: Final[Endpoint] = reading(lambda request: _place_page(request.path_params["code"]))
_ME_TOO: Final = UUID("6a9c1c2e-6f0b-4a5e-9d1e-2b7f0d5c8e11")


async def show_place(request: Request) -> Response:
    """Show the building, who answers for it, what is open there, and the way to report."""
    code = request.path_params["code"]
    make = partial(_made, request)
    with read_by(request):
        key = (normalise(code), reader().text_px, reader().is_new)
    # An address with more in it than the code is somebody's own.
    shown = (
        await make() if request.url.query else await kept_pages(the_desk()).give(request, key, make)
    )
    if shown.status_code != HTTPStatus.OK:
        return shown
    return keep_place(request, key[0], remembered(request, visitor(request), shown))


def say_me_too(request: Request, filled: Filled) -> Response:
    """Join an open matter, and go on to follow it; a second press of one device is the first."""
    code, actor = request.path_params["code"], visitor(request)
    matter, facts = filled.one("matter")[:64], {"at": code[:64]}
    # Of this device and this matter, however often the button is pressed and the page was made.
    uid = uuid5(_ME_TOO, f"{actor.device} {code} {matter}")
    order = Order(Deed.ME_TOO, matter, facts, uid=uid)
    try:
        with acting(actor) as act:
            track = do_deed(act, order).reply["track"]
    except (NotThereError, OtherContentError, FactsError) as refusal:
        return _place_page(code, refusal.sentence, HTTPStatus(refusal.status))
    except TooManyError as refusal:
        return wait_a_while(_place_page(code, refusal.sentence), refusal)
    onward = RedirectResponse(f"/c/{track}?done=me_too", HTTPStatus.SEE_OTHER)
    return keep_mine(request, track, remembered(request, actor, onward))


def _place_page(code: str, told: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    try:
        with looking(RESIDENT) as act:
            place = see_place(act, code)
    except UnknownPlaceError:
        return lost_page(code)
    most = words.MATTERS_SHOWN
    return page(
        "place",
        words,
        status=status,
        kept=ASKED_AGAIN,
        place=place,
        told=told,
        matters=place.matters[:most],
        more_matters=place.matters[most:],
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
    )

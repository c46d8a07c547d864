"""``/find``: a lost link comes back by the case's number and the last digits of the phone."""

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.device import remembered, visitor
from gridapp.contact.filled import Filled
from gridapp.contact.mine import keep_mine
from gridapp.contact.pages import NEVER_KEPT, page
from gridapp.contact.words import find as words
from gridapp.domain.codes import normalise
from gridapp.domain.errors import NotThereError, TooManyError
from gridapp.guard.device_cookie import known_device
from gridapp.guard.limits import Limit, the_limiter
from gridapp.guard.visitors import address_of
from gridapp.services.cases.lost_link import TAIL_DIGITS, find_track
from gridapp.services.desk import Actor, looking

_TYPED_MAX_CHARACTERS: Final = 40


# Four digits are soon guessed, so the number's own limit is the one that keeps a link from being
# found: a device's id can be made up, and a neighbourhood shares its address. One address uses up
# a quarter of it at most. A device that has reported is counted apart, so that strangers cannot
# close its way back.
_BY_ADDRESS: Final = Limit("finding by address", 120)
_BY_DEVICE: Final = Limit("finding by device", 10)
_NUMBER_BY_ADDRESS: Final = Limit("finding a number by address", 5, 3600)
_NUMBER_BY_STRANGERS: Final = Limit("finding a number by strangers", 20, 3600)
_NUMBER_BY_DEVICE: Final = Limit("finding a number by known device", 5, 3600)
_NUMBER_BY_KNOWN: Final = Limit("finding a number by known devices", 20, 3600)


def _take_try(request: Request, actor: Actor, no: str) -> None:
    """Take one try.

    Raises:
        TooManyError: There were too many.
    """
    limiter, address = the_limiter(), address_of(request)
    known = known_device(request)
    if known is not None and known.has_reported:
        limiter.take(_BY_DEVICE, known.id)
        limiter.take(_NUMBER_BY_DEVICE, no, known.id)
        limiter.take(_NUMBER_BY_KNOWN, no)
        return
    limiter.take(_BY_ADDRESS, address)
    limiter.take(_BY_DEVICE, actor.device)
    limiter.take(_NUMBER_BY_ADDRESS, no, address)
    limiter.take(_NUMBER_BY_STRANGERS, no)


def show_find(_: Request) -> Response:
    """Show the form."""
    return find_page(words.TITLE, words.LEAD)


def find_page(
    title: str,
    lead: str,
    *,
    no: str = "",
    error: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """Show the form under a title of one's own; what was typed as number stays, never the tail."""
    return page(
        "find",
        words,
        status=status,
        kept=NEVER_KEPT,
        title=title,
        lead=lead,
        no=no,
        error=error,
        tail_digits=TAIL_DIGITS,
    )


def do_find(request: Request, filled: Filled) -> Response:
    """Find a case, and go on to it; a wrong number and a wrong tail get the same answer."""
    no = filled.one("no")[:_TYPED_MAX_CHARACTERS]
    tail = filled.one("tail")[:_TYPED_MAX_CHARACTERS]
    actor = visitor(request)
    if not no.strip() or not tail.strip():
        return _again(no, words.NEEDED)
    try:
        _take_try(request, actor, normalise(no))
        with looking(actor) as act:
            track = find_track(act, no, tail)
    except NotThereError:
        return remembered(request, actor, _again(no, words.NOT_FOUND))
    except TooManyError as refusal:
        minutes = max(1, round(refusal.facts["retry_after_s"] / 60))
        return _again(no, words.too_often(minutes), HTTPStatus.TOO_MANY_REQUESTS)
    onward = RedirectResponse(f"/c/{track}", HTTPStatus.SEE_OTHER, {"Cache-Control": NEVER_KEPT})
    return keep_mine(request, track, remembered(request, actor, onward))


def _again(no: str, error: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    return find_page(words.TITLE, words.LEAD, no=no, error=error, status=status)

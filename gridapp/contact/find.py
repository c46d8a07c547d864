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
from gridapp.guard.limits import Allowance, Floodgate
from gridapp.services.cases.lost_link import TAIL_DIGITS, find_track
from gridapp.services.desk import Actor, looking

_TYPED_MAX_CHARACTERS: Final = 40


class _Gates:
    """How often may be tried: a number by anybody, and a device or address whatever the number.

    Four digits are soon guessed: the number's own gate is the one that holds, for a device's id
    can be made up. A neighbourhood shares its address, so that one is only against floods.
    """

    def __init__(self) -> None:
        self.number = Floodgate(Allowance(5, 3600))
        self.device = Floodgate(Allowance(10, 600))
        self.address = Floodgate(Allowance(120, 600))

    def hold(self, no: str, actor: Actor, address: str) -> None:
        """Take one try.

        Raises:
            TooManyError: There were too many.
        """
        self.address.hold(address)
        self.device.hold(actor.device)
        self.number.hold(no)


_GATES: Final = [_Gates()]


def open_gates_anew() -> None:
    """Forget all tries; for tests, which share one process."""
    _GATES[:] = [_Gates()]


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
        _GATES[0].hold(normalise(no), actor, request.client.host if request.client else "")
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

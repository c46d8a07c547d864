"""``/field/today``: the frame of the page that shows today from what the phone keeps."""

from starlette.requests import Request
from starlette.responses import Response

from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.who import staff
from gridapp.contact.words import today as words


def show_today(request: Request) -> Response:
    """Show the frame; ``assets/field/today`` fills it, with and without network."""
    actor = staff(request)
    return page("today", words, kept=ASKED_AGAIN, person=actor.person_id)

"""``/c/{track}/receipt.png``: the receipt as a picture, for the album of a phone."""

from starlette.requests import Request
from starlette.responses import Response

from gridapp.contact.pages import NEVER_KEPT
from gridapp.contact.words import receipt as words
from gridapp.contact.words import shared
from gridapp.printing.receipt import ReceiptWords, receipt_png
from gridapp.services.cases.read import track_case
from gridapp.services.cases.views import TrackView
from gridapp.services.desk import Actor, looking, the_desk


def address_of(track: str) -> str:
    """Give the whole address under which a case is tracked."""
    return f"{the_desk().settings.origin}/c/{track}"


def show_receipt(request: Request) -> Response:
    """Draw the receipt of a case for whoever holds its token."""
    track = request.path_params["track"]
    with looking(Actor(track=track)) as act:
        case = track_case(act)
    png = receipt_png(_words(case, track))
    headers = {
        "Cache-Control": NEVER_KEPT,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{case.no}.png"',
    }
    return Response(png, media_type="image/png", headers=headers)


def _words(case: TrackView, track: str) -> ReceiptWords:
    return ReceiptWords(
        brand=shared.BRAND,
        title=words.TITLE,
        no=case.no,
        facts=(
            (words.PLACE, case.place),
            (words.REPORTED, words.moment(case.steps[0].at)),
            (words.PROMISE, words.promise(case.due_at)),
        ),
        hint=words.CODE_HINT,
        address=address_of(track),
    )

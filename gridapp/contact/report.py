"""``/report``: the form that works without script, and what becomes of it when it is sent."""

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.device import remembered, visitor
from gridapp.contact.elder import FIELD, read_at, remember_size, wanted_size
from gridapp.contact.filled import Filled
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.place import lost_page, search_page
from gridapp.contact.sent_photos import (
    RESIDENT_PHOTOS_MAX_COUNT,
    keep_sent_photos,
    sentences_of,
    without_missing,
)
from gridapp.contact.words import report as words
from gridapp.contact.words import shared
from gridapp.domain.errors import (
    FactsError,
    OtherContentError,
    PhotosMissingError,
    UnknownPlaceError,
)
from gridapp.guard.device_cookie import remember_report
from gridapp.guard.limits import is_crowded
from gridapp.guard.visitors import address_of
from gridapp.services.areas.places import see_place
from gridapp.services.cases.categories import list_categories, suggested
from gridapp.services.cases.report import ReportFacts
from gridapp.services.deeds import facts_of
from gridapp.services.desk import RESIDENT, Actor, acting, looking
from gridapp.services.limits import Sent, take_reports
from gridapp.services.orders import TEXT_MAX_CHARACTERS, uid_of


@dataclass(frozen=True)
class Draft:
    """What stands in the form: typed, chosen, and received before.

    Args:
        uid: Made with the page, so that the same form sent twice is one report.
        photos: Hashes of photos that have been received.
        device: By which a browser without cookies is known as the sender of these photos.
    """

    uid: UUID = field(default_factory=uuid4)
    text: str = ""
    category: str = ""
    phone: str = ""
    name: str = ""
    photos: tuple[str, ...] = ()
    device: str = ""


def show_report(request: Request) -> Response:
    """Show the form for a place, or the search for one when none is given."""
    code = request.query_params.get("at", "")
    if not code:
        return search_page(request.query_params.get("q", ""))
    return _form(code, Draft())


def send_report(request: Request, filled: Filled) -> Response:
    """Report, and go on to the tracking page; a mistake shows the form again with all in it."""
    code, actor = filled.one("at"), visitor(request, filled.one("device"))
    photos = keep_sent_photos(filled, "photos", actor, code[:16], RESIDENT_PHOTOS_MAX_COUNT)
    draft = Draft(
        uid=uid_of(filled.one("uid")),
        text=filled.one("text").replace("\r\n", "\n"),
        # The whole list is opened on purpose; a suggestion stands there unasked.
        category=filled.one("category") or filled.one("suggested"),
        phone=filled.one("phone"),
        name=filled.one("name"),
        photos=photos.hashes,
        device=actor.device,
    )
    return remembered(request, actor, _answer(request, actor, filled, draft, photos.error))


def _answer(
    request: Request, actor: Actor, filled: Filled, draft: Draft, photo_error: str
) -> Response:
    code = filled.one("at")
    errors = {"photos": photo_error} if photo_error else {}
    if FIELD in filled.fields:  # the same page, larger or smaller
        with read_at(wanted_size(filled)):
            return remember_size(wanted_size(filled), _form(code, draft, errors, is_sent=False))
    if filled.one("do"):  # one more photo, or a look at the categories: nothing is sent yet
        return _form(code, draft, errors, is_sent=False)
    errors |= _mistakes(draft)
    if errors:
        return _form(code, draft, errors)
    return _report(request, actor, code, draft)


def _report(request: Request, actor: Actor, code: str, draft: Draft) -> Response:
    is_flood = is_crowded(actor.known_device, address_of(request))
    try:
        sent = Sent(actor, draft.uid, _facts(code, draft), is_flood)
        with acting(actor) as act:
            [reported] = take_reports(act, [sent])
    except OtherContentError:
        # Back, changed, sent again: the first one stands; this would be a second report.
        return _form(code, replace(draft, uid=uuid4()), {"form": words.SENT_BEFORE})
    except PhotosMissingError as refusal:
        left = without_missing(draft.photos, refusal)
        return _form(code, replace(draft, photos=left), {"photos": shared.PHOTO_GONE})
    except UnknownPlaceError:
        return lost_page(code, draft.text)
    except FactsError as refusal:
        return _form(code, draft, sentences_of(refusal))
    how = "new" if reported.is_new else "again"
    onward = RedirectResponse(f"/c/{reported.track}?{how}=1", HTTPStatus.SEE_OTHER)
    return remember_report(request, onward)


def _facts(code: str, draft: Draft) -> ReportFacts:
    """Read the facts as the modules would send them: what is empty is not said."""
    told = {
        "at": code,
        "text": draft.text,
        "category": draft.category or None,
        "photos": draft.photos,
        "phone": draft.phone.strip() or None,
        "name": draft.name.strip() or None,
    }
    facts = facts_of(ReportFacts, told)
    assert isinstance(facts, ReportFacts)
    return facts


def _mistakes(draft: Draft) -> dict[str, str]:
    if not draft.text.strip():
        return {"text": words.TEXT_NEEDED}
    if len(draft.text) > TEXT_MAX_CHARACTERS:
        return {"text": words.TEXT_TOO_LONG}
    return {}


def _form(
    code: str, draft: Draft, errors: dict[str, str] | None = None, *, is_sent: bool = True
) -> Response:
    try:
        with looking(RESIDENT) as act:
            place, categories = see_place(act, code), list_categories(act)
    except UnknownPlaceError:
        return lost_page(code, draft.text)
    is_wrong = bool(errors) and is_sent
    return page(
        "report",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        place=place,
        categories=categories,
        suggestions=suggested(draft.text, categories, draft.category),
        has_looked=not is_sent,
        draft=draft,
        errors=errors or {},
        photos_max=RESIDENT_PHOTOS_MAX_COUNT,
    )

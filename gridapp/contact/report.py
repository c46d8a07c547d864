"""``/report``: the form that works without script, and what becomes of it when it is sent."""

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.filled import Filled
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.place import search_page
from gridapp.contact.sent_photos import keep_sent_photos, sentences_of, without_missing
from gridapp.contact.words import report as words
from gridapp.contact.words import shared
from gridapp.domain.errors import (
    FactsError,
    OtherContentError,
    PhotosMissingError,
    TooManyError,
    UnknownPlaceError,
)
from gridapp.services.areas.places import PlaceView, see_place
from gridapp.services.cases.categories import CategoryView, list_categories
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.deeds import facts_of
from gridapp.services.desk import RESIDENT, acting, looking
from gridapp.services.limits import hold_report, keys_of, stand_alone
from gridapp.services.orders import TEXT_MAX_CHARACTERS


@dataclass(frozen=True)
class Draft:
    """What stands in the form: typed, chosen, and received before.

    Args:
        uid: Made with the page, so that the same form sent twice is one report.
        photos: Hashes of photos that have been received.
    """

    uid: UUID = field(default_factory=uuid4)
    text: str = ""
    category: str = ""
    phone: str = ""
    name: str = ""
    photos: tuple[str, ...] = ()


def show_report(request: Request) -> Response:
    """Show the form for a place, or the search for one when none is given."""
    code = request.query_params.get("at", "")
    if not code:
        return search_page(request.query_params.get("q", ""))
    return _form(code, Draft())


def send_report(_: Request, filled: Filled) -> Response:
    """Report, and go on to the tracking page; a mistake shows the form again with all in it."""
    code = filled.one("at")
    photos = keep_sent_photos(filled, "photos", RESIDENT, code[:16])
    draft = Draft(
        uid=_uid_of(filled.one("uid")),
        text=filled.one("text").replace("\r\n", "\n"),
        category=filled.one("category"),
        phone=filled.one("phone"),
        name=filled.one("name"),
        photos=photos.hashes,
    )
    errors = _mistakes(draft) | ({"photos": photos.error} if photos.error else {})
    if errors:
        return _form(code, draft, errors)
    try:
        with acting(RESIDENT) as act:
            stand_alone(act, keys_of(RESIDENT, code))
            reported = report_case(act, draft.uid, _facts(code, draft))
            hold_report(act, reported)
    except OtherContentError:
        # Back, changed, sent again: the first one stands; this would be a second report.
        return _form(code, replace(draft, uid=uuid4()), {"form": words.SENT_BEFORE})
    except PhotosMissingError as refusal:
        left = without_missing(draft.photos, refusal)
        return _form(code, replace(draft, photos=left), {"photos": shared.PHOTO_GONE})
    except (FactsError, TooManyError) as refusal:
        return _form(code, draft, sentences_of(refusal))
    return RedirectResponse(f"/c/{reported.track}?new=1", HTTPStatus.SEE_OTHER)


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


def _uid_of(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _form(code: str, draft: Draft, errors: dict[str, str] | None = None) -> Response:
    try:
        place, categories = _look(code)
    except UnknownPlaceError:
        return search_page("", unknown=True)
    return page(
        "report",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        place=place,
        categories=categories,
        draft=draft,
        errors=errors or {},
    )


def _look(code: str) -> tuple[PlaceView, tuple[CategoryView, ...]]:
    with looking(RESIDENT) as act:
        return see_place(act, code), list_categories(act)

"""``/field/promote``: a note or a visit becomes a case, with its words, its place, its photos."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.field_facts import facts_told
from gridapp.contact.filled import Filled
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.sent_photos import keep_sent_photos, sentences_of, without_missing
from gridapp.contact.who import staff
from gridapp.contact.words import field as results
from gridapp.contact.words import shared
from gridapp.contact.words import visit as words
from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    OtherContentError,
    PhotosMissingError,
    UnknownPlaceError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.buildings import own_buildings
from gridapp.services.cases.categories import list_categories
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Act, Actor, acting, looking
from gridapp.services.notes.mine import NoteView, see_note
from gridapp.services.orders import Order
from gridapp.services.patrols.said import SaidSource, see_said
from gridapp.services.permit import demand
from gridapp.services.visits.correct import FindingView, see_finding

_FIELDS: Final = ("at", "category", "text")
# What is made a case of -> the deed that does it.
_DEEDS: Final = {
    "note": Deed.PROMOTE_NOTE, "visit": Deed.PROMOTE_VISIT, "check_in": Deed.PROMOTE_CHECK_IN,
}  # fmt: skip
_SEE: Final[dict[str, Callable[[Act, str], NoteView | FindingView | SaidSource]]] = {
    "note": see_note, "visit": see_finding, "check_in": see_said,
}  # fmt: skip


@dataclass(frozen=True)
class PromoteSheet:
    """The form as it stands: about which note or visit, and what the case is to say.

    Args:
        about: ``note``, ``visit`` or ``check_in``.
        subject: Its id; empty on a page that is kept for offline.
    """

    about: str
    subject: str
    uid: UUID = field(default_factory=uuid4)
    told: dict[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def show_promote(request: Request) -> Response:
    """Show the form filled in from a note (``?note=``), a visit or a check-in."""
    actor, query = staff(request), request.query_params
    about = next((one for one in _DEEDS if one in query), "note")
    sheet = PromoteSheet(about, query.get(about, "")[:64])
    if not sheet.subject:
        return _page(actor, sheet)
    with looking(actor) as act:
        source = _source(act, sheet)
    if source.case_no:
        return _already(source.case_no)
    told = {"at": source.at, "text": source.text}
    return _page(actor, replace(sheet, told=told, kept=source.photos))


def send_promote(request: Request, filled: Filled) -> Response:
    """Make the case and go on to the result; a mistake shows the form with all in it."""
    actor = staff(request)
    about = filled.one("about") if filled.one("about") in _DEEDS else "note"
    sent = keep_sent_photos(filled, "photos", actor)
    told = {name: filled.one(name) for name in _FIELDS}
    sheet = PromoteSheet(about, filled.one("subject"), filled.uid(), told, sent.hashes)
    errors = {"photos": sent.error} if sent.error else {}
    if not told["text"].strip():
        errors["text"] = words.PROMOTE_TEXT_NEEDED
    return _page(actor, sheet, errors) if errors else _do(actor, sheet)


def _source(act: Act, sheet: PromoteSheet) -> NoteView | FindingView | SaidSource:
    return _SEE[sheet.about](act, sheet.subject)


def _do(actor: Actor, sheet: PromoteSheet) -> Response:
    deed = _DEEDS[sheet.about]
    # All photos may have been taken away: that too is to be said.
    facts = facts_told(sheet.told, {}) | {"photos": list(sheet.kept)}
    try:
        with acting(actor) as act:
            done = do_deed(act, Order(deed, sheet.subject, facts, uid=sheet.uid))
    except PhotosMissingError as refusal:
        kept = without_missing(sheet.kept, refusal)
        return _page(actor, replace(sheet, kept=kept), {"form": shared.PHOTO_GONE})
    except (FactsError, UnknownPlaceError) as refusal:
        return _page(actor, sheet, sentences_of(refusal))
    except ConflictError as refusal:
        return _already(refusal.facts["current"]["no"])
    except OtherContentError as refusal:
        return _page(actor, replace(sheet, uid=uuid4()), {"form": refusal.sentence})
    address = f"/field/done?deed={deed.value}&no={done.reply['no']}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _page(actor: Actor, sheet: PromoteSheet, errors: dict[str, str] | None = None) -> Response:
    deed = _DEEDS[sheet.about]
    with looking(actor) as act:
        demand(act, deed)
        buildings, categories = own_buildings(act, deed), list_categories(act)
    return page(
        "promote",
        words,
        results=results,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        sheet=sheet,
        buildings=buildings,
        categories=categories,
        errors=errors or {},
        person=actor.person_id,
        deed=deed.value,
        result=results.RESULTS[deed],
    )


def _already(no: str) -> Response:
    """Say that it is a case already, and which."""
    return page("promoted", words, no=no)

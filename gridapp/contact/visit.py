"""``/field/visit``: a visit written down at the door; works without script and without network."""

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final
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
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Actor, acting, looking
from gridapp.services.orders import Order
from gridapp.services.visits.kinds import list_kinds
from gridapp.services.visits.lists import choose_households

_FIELDS: Final = ("household", "outcome", "text", "report", "on", "kind", "next_on")
_DUE: Final = frozenset({"warn", "yellow"})


@dataclass(frozen=True)
class VisitSheet:
    """The form as it stands; ``uid`` makes one visit of the same form sent twice."""

    uid: UUID = field(default_factory=uuid4)
    told: dict[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def show_visit(request: Request) -> Response:
    """Show an empty form, with a household (``?household=``) chosen already."""
    told = {"household": request.query_params.get("household", "")[:64]}
    return _page(staff(request), VisitSheet(told=told))


def send_visit(request: Request, filled: Filled) -> Response:
    """Record the visit and go on to the result; a mistake shows the form with all in it."""
    actor = staff(request)
    sent = keep_sent_photos(filled, "photos", actor)
    told = {name: filled.one(name) for name in _FIELDS}
    sheet = VisitSheet(filled.uid(), told, sent.hashes)
    errors = _mistakes(told) | ({"photos": sent.error} if sent.error else {})
    return _page(actor, sheet, errors) if errors else _do(actor, sheet)


def _mistakes(told: dict[str, str]) -> dict[str, str]:
    needed = {"household": words.HOUSEHOLD_NEEDED, "outcome": words.OUTCOME_NEEDED}
    if told["report"]:
        needed["text"] = words.TEXT_NEEDED
    return {name: sentence for name, sentence in needed.items() if not told[name].strip()}


def _do(actor: Actor, sheet: VisitSheet) -> Response:
    facts = facts_told(sheet.told, {"photos": sheet.kept})
    try:
        with acting(actor) as act:
            done = do_deed(act, Order(Deed.RECORD_VISIT, facts=facts, uid=sheet.uid))
    except PhotosMissingError as refusal:
        kept = without_missing(sheet.kept, refusal)
        return _page(actor, replace(sheet, kept=kept), {"form": shared.PHOTO_GONE})
    except (FactsError, ConflictError) as refusal:
        return _page(actor, sheet, sentences_of(refusal))
    except OtherContentError as refusal:
        # Back, changed, sent again: the first one stands; this would be a second visit.
        return _page(actor, replace(sheet, uid=uuid4()), {"form": refusal.sentence})
    address = f"/field/done?deed={Deed.RECORD_VISIT.value}&no={done.reply['no']}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _page(actor: Actor, sheet: VisitSheet, errors: dict[str, str] | None = None) -> Response:
    with looking(actor) as act:
        cards = choose_households(act)
        kinds = list_kinds(act)
    due = [card for card in cards if card.next_state in _DUE]
    others = [card for card in cards if card.next_state not in _DUE]
    groups: list[tuple[str, Any]] = [(words.DUE_GROUP, due), (words.OTHER_GROUP, others)]
    return page(
        "visit",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        sheet=sheet,
        groups=[group for group in groups if group[1]],
        kinds=kinds,
        errors=errors or {},
        person=actor.person_id,
        deed=Deed.RECORD_VISIT.value,
        result=results.RESULTS[Deed.RECORD_VISIT],
    )

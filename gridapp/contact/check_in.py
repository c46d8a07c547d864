"""``/field/check_in``: being at a building, by scan, by its code or by choosing it."""

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.filled import Filled
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.sent_photos import sentences_of
from gridapp.contact.who import staff
from gridapp.contact.words import check_in as words
from gridapp.domain.codes import building_code_fault, normalise
from gridapp.domain.errors import (
    FactsError,
    NotThereError,
    OtherContentError,
    UnknownPlaceError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.frontend.scanner import DETECTOR_PATH, READER_PATH
from gridapp.services.areas.buildings import BuildingView, own_buildings
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Actor, acting, looking
from gridapp.services.orders import Order
from gridapp.services.patrols.see_points import PointView, see_points
from gridapp.services.permit import demand

# What stands before a named point's id in the list of places.
POINT: Final = "POINT"
_CODE_MAX_CHARACTERS: Final = 64


@dataclass(frozen=True)
class Sheet:
    """The form as it stands; ``uid`` makes one deed of the same form sent twice."""

    at: str = ""
    code: str = ""
    words: str = ""
    uid: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class PlaceChoice:
    """A place of the list: a building, or a named patrol point that has none.

    ``point`` is a patrol point there, so that what is found becomes its finding; ``counted`` names
    all points that a check-in there counts for.
    """

    value: str
    name: str
    address: str
    group: str
    point: str
    counted: str = ""


def _places(
    buildings: tuple[BuildingView, ...], points: tuple[PointView, ...]
) -> tuple[PlaceChoice, ...]:
    at = {view.at: str(view.point) for view in reversed(points) if view.at}
    counted: dict[str, list[str]] = {}
    for view in points:
        counted.setdefault(view.at, []).append(view.name)
    named = [(view, str(view.point)) for view in points if not view.at]
    spots = [
        PlaceChoice(f"{POINT}:{uid.upper()}", view.name, view.place, words.SPOTS, uid, view.name)
        for view, uid in named
    ]
    houses = [
        PlaceChoice(
            view.code, view.name, view.address, view.grid, at.get(view.code, ""),
            "、".join(counted.get(view.code, ())),
        )
        for view in buildings
    ]  # fmt: skip
    return (*spots, *houses)


def show_check_in(request: Request) -> Response:
    """Show the form, with a place (``?at=``) chosen, or what was just done (``?in=``)."""
    query = request.query_params
    sheet = Sheet(at=query.get("at", "").upper()[:_CODE_MAX_CHARACTERS])
    return _page(staff(request), sheet, done_at=query.get("in", ""))


def send_check_in(request: Request, filled: Filled) -> Response:
    """Check in, and show the same page with what was done; a mistake shows what is wrong."""
    actor = staff(request)
    sheet = Sheet(
        filled.one("at"), filled.one("code"), filled.one("words"), _uid_of(filled.one("uid"))
    )
    errors = _mistakes(sheet)
    if errors:
        return _page(actor, sheet, errors)
    return _do(actor, sheet)


def _mistakes(sheet: Sheet) -> dict[str, str]:
    typed = normalise(sheet.code)
    if typed and (fault := building_code_fault(typed)):
        return {"code": words.FAULTS[fault]}
    return {} if typed or sheet.at else {"at": words.NEEDED}


def _do(actor: Actor, sheet: Sheet) -> Response:
    typed = normalise(sheet.code)
    facts = {**_place(typed or sheet.at), "via": "typed" if typed else "tap"}
    if sheet.words.strip():
        facts["words"] = sheet.words
    field_name = "code" if typed else "at"
    try:
        with acting(actor) as act:
            do_deed(act, Order(Deed.CHECK_IN, facts=facts, uid=sheet.uid))
    except UnknownPlaceError:
        return _page(actor, sheet, {field_name: words.UNKNOWN})
    except NotThereError:
        return _page(actor, sheet, {field_name: words.ELSEWHERE})
    except FactsError as refusal:
        return _page(actor, sheet, sentences_of(refusal))
    except OtherContentError as refusal:
        # Back, changed, sent again: the first one stands; this would be a second deed.
        return _page(actor, replace(sheet, uid=uuid4()), {"form": refusal.sentence})
    return RedirectResponse(f"/field/check_in?in={quote(typed or sheet.at)}", HTTPStatus.SEE_OTHER)


def _place(chosen: str) -> dict[str, str]:
    """Tell a named patrol point from a building's code."""
    kind, _, point = chosen.partition(":")
    return {"point": point} if kind == POINT else {"at": chosen}


def _page(
    actor: Actor, sheet: Sheet, errors: dict[str, str] | None = None, done_at: str = ""
) -> Response:
    with looking(actor) as act:
        demand(act, Deed.CHECK_IN)
        places = _places(own_buildings(act, Deed.CHECK_IN), see_points(act))
    done = next((place for place in places if place.value == done_at), None)
    return page(
        "check_in",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        is_scanning=True,
        sheet=sheet,
        places=places,
        done=done,
        errors=errors or {},
        person=actor.person_id,
        detector=DETECTOR_PATH,
        reader=READER_PATH,
        deed=Deed.CHECK_IN.value,
    )


def _uid_of(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()

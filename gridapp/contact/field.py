"""``/field/…``: where a worker captures on the spot; works without script, better with it."""

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.field_facts import FIELDS, PICKERS, facts_told, mistakes, said_once
from gridapp.contact.filled import Filled
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.sent_photos import keep_sent_photos, sentences_of, without_missing
from gridapp.contact.who import staff
from gridapp.contact.words import field as words
from gridapp.contact.words import shared
from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    MoveRefusedError,
    NotThereError,
    OtherContentError,
    PhotosMissingError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.buildings import BuildingView, own_buildings
from gridapp.services.cases.categories import CategoryView, list_categories
from gridapp.services.cases.read import see_case
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.cases.views import CaseView
from gridapp.services.deeds import do_deed, facts_of
from gridapp.services.desk import Act, Actor, acting, looking
from gridapp.services.orders import Order, uid_of
from gridapp.services.permit import demand

FORMS: Final = {
    "settle": Deed.SETTLE,
    "handle": Deed.HANDLE,
    "report": Deed.REPORT,
    "note": Deed.WRITE_NOTE,
}
_ON_A_CASE: Final = frozenset({"settle", "handle"})
_VERSION_DIGITS: Final = 9
_NEW_CASES: Final = frozenset({"settle", "report"})


@dataclass(frozen=True)
class Sheet:
    """One form as it stands: what was typed, chosen and received before.

    Args:
        name: A key of ``FORMS``.
        no: The case it is about, or empty for something new.
        point: The patrol point where something new was found, or empty.
        came_from: A key of ``words.HOMES``: the list from which the case was opened.
        uid: Made with the page, so that the same form sent twice is one deed.
        version: The version of the case that was looked at.
        told: What stands in each field.
        kept: Hashes of received photos by picker.
    """

    name: str
    no: str = ""
    point: str = ""
    came_from: str = ""
    uid: UUID = field(default_factory=uuid4)
    version: int | None = None
    told: dict[str, str] = field(default_factory=dict)
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def deed(self) -> Deed:
        """The deed that the form does."""
        return FORMS[self.name]

    @property
    def home(self) -> tuple[str, str]:
        """Where the way back leads, and what it is called."""
        return words.HOMES[self.came_from]


@dataclass(frozen=True)
class _Seen:
    """What the form shows beside its fields."""

    buildings: tuple[BuildingView, ...]
    categories: tuple[CategoryView, ...]
    case: CaseView | None


def show_form(request: Request) -> Response:
    """Show an empty form, for a place (``?at=``) or a case (``?no=``)."""
    actor = staff(request)
    told = {"at": request.query_params.get("at", "").upper()[:64]}
    query = request.query_params
    sheet = Sheet(
        _name_of(request),
        query.get("no", ""),
        _point_of(query.get("point", "")),
        _came_from(query.get("from", "")),
        told=told,
    )
    return _page(actor, sheet)


def send_form(request: Request, filled: Filled) -> Response:
    """Do the deed, and go on to its result; a mistake shows the form again with all in it."""
    actor = staff(request)
    name, no = _name_of(request), filled.one("no")
    sent = {picker: keep_sent_photos(filled, picker, actor) for picker in PICKERS[name]}
    sheet = Sheet(
        name,
        no,
        _point_of(filled.one("point")),
        _came_from(filled.one("from")),
        uid_of(filled.one("uid")),
        _version_of(filled.one("version")),
        {field_name: filled.one(field_name) for field_name in FIELDS[name]},
        {picker: photos.hashes for picker, photos in sent.items()},
    )
    errors = mistakes(name, no, sheet.told)
    errors |= {picker: photos.error for picker, photos in sent.items() if photos.error}
    if errors:
        return _page(actor, sheet, errors)
    return _do(actor, sheet)


def _version_of(told: str) -> int | None:
    """Read the version that was looked at; what no version can be is none."""
    is_version = told.isascii() and told.isdigit() and len(told) <= _VERSION_DIGITS
    return int(told) if is_version else None


def show_done(request: Request) -> Response:
    """Show the result of a deed: what happened and what happens next."""
    actor = staff(request)
    deed = request.query_params.get("deed", "")
    if deed not in set(Deed) or Deed(deed) not in words.RESULTS:
        raise NotThereError
    no = request.query_params.get("no", "")
    title, lead = words.RESULTS[Deed(deed)]
    shown = no if parse_case_no(no) else ""
    again = words.AGAIN.get(Deed(deed))
    home = words.HOMES[_came_from(request.query_params.get("from", ""))]
    return page(
        "field_done",
        words,
        title=title,
        lead=lead,
        no=shown,
        again=again,
        home=home,
        actor=actor,
    )


def _do(actor: Actor, sheet: Sheet) -> Response:
    facts = facts_told(said_once(sheet.name, sheet.no, sheet.told), sheet.kept)
    try:
        with acting(actor) as act:
            no = _done(act, sheet, facts)
    except (ConflictError, MoveRefusedError) as refusal:
        current = refusal.facts.get("current", {})
        told = words.CHANGED.format(status=current.get("status_label", ""))
        return _page(actor, sheet, {"form": told})
    except PhotosMissingError as refusal:
        kept = {picker: without_missing(had, refusal) for picker, had in sheet.kept.items()}
        return _page(actor, replace(sheet, kept=kept), {"form": shared.PHOTO_GONE})
    except FactsError as refusal:
        return _page(actor, sheet, sentences_of(refusal))
    except OtherContentError as refusal:
        # Back, changed, sent again: the first one stands; this would be a second deed.
        return _page(actor, replace(sheet, uid=uuid4()), {"form": refusal.sentence})
    address = f"/field/done?deed={sheet.deed.value}&no={no}&from={sheet.came_from}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _done(act: Act, sheet: Sheet, facts: dict[str, Any]) -> str:
    if sheet.point and not sheet.no and sheet.name in _NEW_CASES:
        order = Order(Deed.FIND, sheet.point, facts, uid=sheet.uid)
        return str(do_deed(act, order).reply["no"])
    return _report(act, sheet, facts) if sheet.name == "report" else _deed(act, sheet, facts)


def _report(act: Act, sheet: Sheet, facts: dict[str, Any]) -> str:
    read = facts_of(ReportFacts, facts)
    assert isinstance(read, ReportFacts)
    return report_case(act, sheet.uid, read).no


def _deed(act: Act, sheet: Sheet, facts: dict[str, Any]) -> str:
    order = Order(sheet.deed, sheet.no, facts, sheet.version, uid=sheet.uid)
    return str(do_deed(act, order).reply.get("no", ""))


def _page(actor: Actor, sheet: Sheet, errors: dict[str, str] | None = None) -> Response:
    with looking(actor) as act:
        demand(act, sheet.deed)
        seen = _look(act, sheet)
    blocked = _blocked(sheet, seen.case)
    shown = replace(sheet, version=seen.case.card.version if seen.case else None)
    return page(
        "field_form",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        kept=ASKED_AGAIN,
        sheet=shown,
        seen=seen,
        blocked=blocked,
        errors=errors or {},
        person=actor.person_id,
        fields=FIELDS[sheet.name],
        pickers=PICKERS[sheet.name],
    )


def _look(act: Act, sheet: Sheet) -> _Seen:
    if sheet.name in _ON_A_CASE and sheet.no:
        try:
            return _Seen((), (), see_case(act, sheet.no))
        except NotThereError as refusal:
            raise NotThereError(words.NO_SUCH_CASE) from refusal
    if sheet.name == "handle":
        return _Seen((), (), None)
    categories = (
        () if sheet.name == "note" else list_categories(act, to_settle=sheet.name == "settle")
    )
    return _Seen(own_buildings(act, sheet.deed), categories, None)


def _blocked(sheet: Sheet, case: CaseView | None) -> str:
    """Say why the deed cannot be done on this case now; nothing when it can."""
    if case is None or any(button.deed == sheet.deed for button in case.buttons):
        return ""
    return words.NOT_NOW.format(status=case.card.status_label)


def _name_of(request: Request) -> str:
    return request.url.path.rsplit("/", 1)[-1]


def _came_from(typed: str) -> str:
    return typed if typed in words.HOMES else ""


def _point_of(typed: str) -> str:
    try:
        return str(UUID(typed))
    except ValueError:
        return ""

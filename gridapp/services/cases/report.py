"""Reports a case: a place and a sentence are enough."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from pydantic import Field

from gridapp.domain.codes import case_no, normalise
from gridapp.domain.errors import OtherContentError, UnknownPlaceError
from gridapp.domain.privacy import normalise_phone
from gridapp.domain.searching import grams
from gridapp.domain.timebounds import clock_moment
from gridapp.domain.vocabulary import AsideReason, BlockKind, Deed, Source, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.blocks.keys import block_key
from gridapp.services.calendar.promises import category_at, promise_case
from gridapp.services.cases.find import no_category
from gridapp.services.cases.intake import LookedUp, Received, Wanted, look_up
from gridapp.services.cases.judging import Judge, Lately, judge_nothing, judged
from gridapp.services.cases.move import iso
from gridapp.services.cases.write_report import Report, write_reports
from gridapp.services.desk import Act, Actor
from gridapp.services.messages.tell import tell_reported
from gridapp.services.orders import Facts, NeededWords, Sha256, digest_of
from gridapp.services.permit import covers
from gridapp.services.phones import read_phone
from gridapp.services.photos.senders import sender_keys
from gridapp.services.times import DeviceMoment

_SKEW = timedelta(minutes=10)
PHOTOS_MAX_COUNT = 9

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class PlacedFacts(Facts):
    """Facts with an optional position: WGS-84 degrees and an accuracy in metres."""

    lng_wgs84: Longitude | None = None
    lat_wgs84: Latitude | None = None
    accuracy_m: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)] | None = None

    def position(self) -> tuple[float, float] | None:
        """Give longitude and latitude when both are told."""
        if self.lng_wgs84 is None or self.lat_wgs84 is None:
            return None
        return self.lng_wgs84, self.lat_wgs84


class ReportFacts(PlacedFacts):
    """What a report says. ``at`` is a building code; ``made_at`` is by the device's own clock."""

    at: Annotated[str, Field(max_length=64)]
    text: NeededWords
    category: Annotated[str, Field(max_length=32)] | None = None
    photos: Annotated[tuple[Sha256, ...], Field(max_length=PHOTOS_MAX_COUNT)] = ()
    phone: Annotated[str, Field(max_length=32)] | None = None
    name: Annotated[str, Field(max_length=64)] | None = None
    made_at: DeviceMoment | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Reported:
    """What a reporter is told; ``is_new`` is False when the same report came again.

    Args:
        case_id: The case's row.
        lately: What it was judged by; None when the same report came again.
        aside_for: Why it is set aside, as it stands now.
        challenge: Work by which a report that was set aside comes to the inbox at once.
    """

    receipt: UUID
    no: str
    track: str
    due_at: datetime
    is_new: bool
    case_id: int = 0
    lately: Lately | None = None
    aside_for: AsideReason | None = None
    challenge: str = ""

    def body(self) -> dict[str, Any]:
        """Write it for machines; the same each time, but for the challenge, an offer that ends."""
        offer = {"challenge": self.challenge} if self.challenge else {}
        return {
            "receipt": str(self.receipt),
            "no": self.no,
            "track": self.track,
            "status": Status.REPORTED.value,
            "due_at": iso(self.due_at),
            **offer,
        }


class Asking(NamedTuple):
    """A report that somebody sends: whose it is, the client's id, and what it says."""

    actor: Actor
    uid: UUID
    facts: ReportFacts
    found_at: datetime | None = None


def report_case(
    act: Act, uid: UUID, facts: ReportFacts, found_at: datetime | None = None
) -> Reported:
    """Report a case once under the client's id.

    Args:
        act: The transaction.
        uid: The client's id.
        facts: What the report says.
        found_at: When it counts as reported; now, unless staff settled it before it arrived.

    Raises:
        UnknownPlaceError: The building code is unknown or retired.
        PhotosMissingError: A photo named has not arrived.
        OtherContentError: The id was used for another report.
    """
    return report_cases(act, [Asking(act.actor, uid, facts, found_at)])[0]


class TakenMeanwhileError(Exception):
    """Two reports under one id met; the second to come finds the first when it asks again."""


def report_cases(act: Act, asked: Sequence[Asking], judge: Judge = judge_nothing) -> list[Reported]:
    """Report cases, each once under its client's id; all of them or none.

    The judge tells which new report of a resident is set aside; danger never is.

    Raises:
        UnknownPlaceError: A building code is unknown or retired.
        PhotosMissingError: A photo named has not arrived.
        OtherContentError: An id was used for another report.
        TakenMeanwhileError: Two of these reports are under one id, or met another under theirs.
    """
    try:
        return _report_cases(act, asked, judge)
    except TakenMeanwhileError:
        if len(asked) > 1:
            raise
        return _report_cases(act, asked, judge)  # by now the faster one is there


def _report_cases(act: Act, asked: Sequence[Asking], judge: Judge) -> list[Reported]:
    places = look_up(act, [_wanted(act, one) for one in asked])
    # What this very transaction adds to what came in lately, by device and by building.
    met: Counter[str | int] = Counter()
    drafts = [
        _draft(replace(act, actor=one.actor), one, place, met, judge)
        for one, place in zip(asked, places, strict=True)
    ]
    fresh = [draft.report for draft in drafts if isinstance(draft, _Draft)]
    if len({report.case["uid"] for report in fresh}) < len(fresh):
        raise TakenMeanwhileError
    ids = dict(zip((r.case["uid"] for r in fresh), write_reports(act, fresh), strict=True))
    return [
        draft
        if isinstance(draft, Reported)
        else _receipt(act, draft, ids[draft.report.case["uid"]])
        for draft in drafts
    ]


def _wanted(act: Act, one: Asking) -> Wanted:
    code, category, device = normalise(one.facts.at), one.facts.category or None, one.actor.device
    phone = normalise_phone(one.facts.phone or "") or ""
    return Wanted(
        one.uid, code, category, device,
        device_key=block_key(act.secret, BlockKind.DEVICE, device),
        phone_key=block_key(act.secret, BlockKind.PHONE, phone),
    )  # fmt: skip


class _Draft(NamedTuple):
    report: Report
    lately: Lately


def _draft(
    act: Act, one: Asking, place: LookedUp, met: Counter[str | int], judge: Judge
) -> Reported | _Draft:
    """Make of a report what is to be written, or the receipt that its id has already had."""
    digest = digest_of(one.facts.model_dump(mode="json", exclude={"made_at"}))
    again = _as_received(one.uid, place.received, digest)
    if again is not None:
        return again
    if place.building_id is None:
        raise UnknownPlaceError
    if one.facts.category and place.category_id is None:
        raise no_category()
    values = _values_of(act, one, digest, place)
    lately, outcome = judged(act, values, place, met, judge)
    step, senders = _step_of(act, one.facts), sender_keys(one.actor, one.facts.at)
    return _Draft(Report(values | outcome, step, one.facts.photos, senders), lately)


def _receipt(act: Act, draft: _Draft, case_id: int | None) -> Reported:
    if case_id is None:
        raise TakenMeanwhileError
    said = draft.report.case
    no = case_no(case_id, beijing_date(said["reported_at"]))
    tell_reported(act, said, case_id)
    return Reported(
        said["uid"], no, said["track"], said["due_at"], is_new=True, case_id=case_id,
        lately=draft.lately, aside_for=said["aside_for"],
    )  # fmt: skip


def _as_received(uid: UUID, row: Received, digest: str) -> Reported | None:
    """Give the receipt again when this id has already come, unless with other content."""
    if row.id is None:
        return None
    if row.digest != digest:
        raise OtherContentError
    assert row.reported_at is not None
    assert row.first_due_at is not None
    no = case_no(row.id, beijing_date(row.reported_at))
    return Reported(
        uid, no, row.track or "", row.first_due_at, is_new=False, case_id=row.id,
        aside_for=row.aside_for,
    )  # fmt: skip


def _skew_of(act: Act, made_at: datetime | None) -> dict[str, Any]:
    """Flag a device clock that is off; both moments are kept, nothing is refused for it."""
    if made_at is None:
        return {}
    told = clock_moment(made_at)
    if told is None:
        return {"clock_wrong": True}
    if told <= act.now + _SKEW:
        return {}
    return {"clock_ahead_minutes": int((told - act.now).total_seconds() // 60)}


def _step_of(act: Act, facts: ReportFacts) -> dict[str, Any]:
    return {
        "deed": Deed.REPORT,
        "status_to": Status.REPORTED,
        "actor_id": act.actor.person_id,
        "at": act.now,
        "done_at": clock_moment(facts.made_at),
        "words": "",
        "is_public": True,
        "facts": _skew_of(act, facts.made_at),
    }


def _values_of(act: Act, one: Asking, digest: str, place: LookedUp) -> dict[str, Any]:
    facts, reported_at = one.facts, one.found_at or act.now
    then = category_at(act, place, reported_at)
    urgency = then.urgency if then else place.urgency
    due = promise_case(act, place, urgency, reported_at)
    return {
        "uid": one.uid,
        "digest": digest,
        "track": secrets.token_urlsafe(16),
        "source": _source_of(act, facts, place),
        "category_id": place.category_id,
        "urgency": urgency,
        "grid_id": place.grid_id,
        "building_id": place.building_id,
        "place": place.building,
        "text": facts.text,
        "grams": grams(f"{facts.text} {place.building} {place.address}"),
        "lng_wgs84": facts.lng_wgs84,
        "lat_wgs84": facts.lat_wgs84,
        "accuracy_m": facts.accuracy_m,
        "reporter_name": (facts.name or "").strip(),
        "reporter_phone": read_phone(facts.phone),
        "reporter_id": act.actor.person_id,
        "device": act.actor.device,
        "made_at": clock_moment(facts.made_at),
        "received_at": act.now,
        "reported_at": reported_at,
        "due_at": due.due_at,
        "first_due_at": due.due_at,
        "due_limit": str(due.limit),
        "due_provisional": due.provisional,
        "step_due_at": due.step_due_at,
    }


def _source_of(act: Act, facts: ReportFacts, place: LookedUp) -> Source:
    """Residents come by QR, and so does staff outside its reach: anyone may report anywhere."""
    if not covers(act.actor, Deed.REPORT, place.grid_path):
        return Source.QR
    return facts.source or Source.WORKER

"""A place and a sentence are enough; everything else a stranger sends has its own answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import (
    FactsError,
    OtherContentError,
    PhotosMissingError,
    UnknownPlaceError,
)
from gridapp.domain.vocabulary import Source, Status, Urgency
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import BuildingCode, Case, CaseStep, OutboxMessage
from tests.cast import Cast
from tests.makers import report


def row_of(desk: Desk, track: str) -> Case:
    with desk.looking(RESIDENT) as act:
        query = select(Case).where(col(Case.track) == track)
        row: Case = act.session.execute(query).scalar_one()
        return row


def test_a_place_and_a_sentence_are_enough(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, category=None)
    row = row_of(desk, case.track)
    assert (row.status, row.source, row.urgency) == (Status.REPORTED, Source.QR, Urgency.ORDINARY)
    assert (row.grid_id, row.place, row.category_id) == (cast.grid1, "1号楼", None)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}-{0[1]}"])
def test_a_code_is_read_however_it_is_typed(desk: Desk, cast: Cast, typed: str) -> None:
    code = cast.code1.lower()
    written = typed.format((code[:4], code[4:])) if "[" in typed else typed.format(code)
    assert row_of(desk, report(desk, cast, at=written).track).building_id == cast.building1


@pytest.mark.parametrize("code", ["ABCDEFGH", "", "𠮷", "x" * 64])
def test_an_unknown_code_is_told(desk: Desk, cast: Cast, code: str) -> None:
    with pytest.raises(UnknownPlaceError):
        report(desk, cast, at=code)


def test_a_retired_code_is_told(desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.get_one(BuildingCode, cast.code1).retired_at = act.now
    with pytest.raises(UnknownPlaceError):
        report(desk, cast)


def test_photos_that_have_not_arrived_are_listed(desk: Desk, cast: Cast) -> None:
    with pytest.raises(PhotosMissingError) as refused:
        report(desk, cast, photos=["a" * 64, "b" * 64])
    assert refused.value.facts["missing"] == ["a" * 64, "b" * 64]


def test_an_unknown_category_is_told(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        report(desk, cast, category="ufo")


def test_the_same_report_again_is_the_same_case(desk: Desk, cast: Cast) -> None:
    uid, facts = uuid4(), ReportFacts(at=cast.code1, text="漏水")
    with desk.acting(RESIDENT) as act:
        first = report_case(act, uid, facts)
        again = report_case(act, uid, facts)
    assert first.body() == again.body()
    assert (first.is_new, again.is_new) == (True, False)


def test_another_report_under_the_same_id_is_refused(desk: Desk, cast: Cast) -> None:
    uid = uuid4()
    with desk.acting(RESIDENT) as act:
        report_case(act, uid, ReportFacts(at=cast.code1, text="漏水"))
        with pytest.raises(OtherContentError):
            report_case(act, uid, ReportFacts(at=cast.code1, text="漏电"))


def test_a_clock_one_year_ahead_is_flagged_and_not_refused(desk: Desk, cast: Cast) -> None:
    made_at = desk.clock() + timedelta(days=365)
    row = row_of(desk, report(desk, cast, made_at=made_at).track)
    with desk.looking(RESIDENT) as act:
        step = act.session.execute(select(CaseStep).where(col(CaseStep.case_id) == row.id))
        assert step.scalar_one().facts == {"clock_ahead_minutes": 365 * 24 * 60}
    assert (row.made_at, row.reported_at) == (made_at, desk.clock())


@pytest.mark.parametrize("text", ["𠮷家门口 䶮 🚰 漏水", "第一行\n第二行", "x" * 10_000])
def test_rare_characters_come_back_as_they_were(desk: Desk, cast: Cast, text: str) -> None:
    assert row_of(desk, report(desk, cast, text=text).track).text == text


def test_what_no_database_keeps_is_cleaned_away(desk: Desk, cast: Cast) -> None:
    assert row_of(desk, report(desk, cast, text="漏\x00水\ud800了\r\n").track).text == "漏水?了"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00", "x" * 20_000])
def test_no_words_and_too_many_words_are_refused(cast: Cast, text: str) -> None:
    with pytest.raises(ValidationError):
        ReportFacts(at=cast.code1, text=text)


def test_only_a_reporter_with_a_phone_is_promised_a_message(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    report(desk, cast, phone="+86 138 0000 8000")
    with desk.looking(RESIDENT) as act:
        messages = act.session.execute(select(OutboxMessage)).scalars().all()
    assert [message.address for message in messages] == ["13800008000"]


def test_staff_reports_as_a_worker_within_reach_and_like_anyone_beyond(
    desk: Desk, cast: Cast
) -> None:
    near = report(desk, cast, cast.actor("li"))
    far = report(desk, cast, cast.actor("li"), at=cast.code2)
    assert row_of(desk, near.track).source is Source.WORKER
    assert row_of(desk, far.track).source is Source.QR

"""A deed is done once under its id, whoever sends it how often; of two at once one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import ConflictError, FactsError, GridappError, OtherContentError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.report import Reported, ReportFacts, report_case
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, CaseStep, DeedDone
from tests.cast import Cast
from tests.makers import a_case, do, report

pytestmark = pytest.mark.both_databases


def steps_of(desk: Desk, no: str) -> list[Deed]:
    parsed = parse_case_no(no)
    assert parsed is not None
    with desk.looking(RESIDENT) as act:
        query = select(col(CaseStep.deed)).where(col(CaseStep.case_id) == parsed.case_id)
        return list(act.session.execute(query.order_by(col(CaseStep.id))).scalars())


def test_the_same_deed_again_gets_the_same_receipt(desk: Desk, cast: Cast) -> None:
    case, uid = report(desk, cast), uuid4()
    first = do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, uid=uid)
    again = do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, uid=uid)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.reply == again.reply
    assert first.reply["receipt"] == str(uid)
    assert steps_of(desk, case.no) == [Deed.REPORT, Deed.ACCEPT]


def test_another_content_under_the_same_id_is_refused(desk: Desk, cast: Cast) -> None:
    case, uid = report(desk, cast), uuid4()
    do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, uid=uid)
    with pytest.raises(OtherContentError):
        do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, uid=uid, words="另外的话")


def test_another_person_cannot_learn_a_receipt(desk: Desk, cast: Cast) -> None:
    case, uid = report(desk, cast), uuid4()
    do(desk, cast.actor("wang"), Deed.ACCEPT, case.no, uid=uid)
    with pytest.raises(OtherContentError):
        do(desk, cast.actor("li"), Deed.ACCEPT, case.no, uid=uid)


def test_a_refused_deed_leaves_its_id_free(own_desk: Desk, cast: Cast) -> None:
    case, uid = report(own_desk, cast), uuid4()
    with pytest.raises(GridappError):
        do(own_desk, cast.actor("wang"), Deed.DISPATCH, case.no, uid=uid, unit="szs")
    do(own_desk, cast.actor("wang"), Deed.ACCEPT, case.no)
    assert do(own_desk, cast.actor("wang"), Deed.DISPATCH, case.no, uid=uid, unit="szs").is_new


def test_a_refused_deed_leaves_nothing_half_done(own_desk: Desk, cast: Cast) -> None:
    case = a_case(own_desk, cast, Status.TAKEN)
    with pytest.raises(FactsError):
        do(own_desk, cast.actor("dept"), Deed.HANDLE, case.no, outcome="solved", words=" ")
    with own_desk.looking(RESIDENT) as act:
        assert act.session.execute(select(func.count()).select_from(DeedDone)).scalar_one() == 3


@pytest.mark.parametrize("deed", ["case.fly", "", "case.see", "audit.see"])
def test_an_unknown_deed_is_refused(desk: Desk, cast: Cast, deed: str) -> None:
    with pytest.raises(FactsError):
        do(desk, cast.actor("wang"), deed)  # type: ignore[arg-type]  # a client may send anything


def test_the_same_deed_at_once_from_eight_threads_is_done_once(own_desk: Desk, cast: Cast) -> None:
    case, uid, gate = report(own_desk, cast), uuid4(), Barrier(8)

    def press(_: int) -> dict[str, object]:
        gate.wait()
        return do(own_desk, cast.actor("wang"), Deed.ACCEPT, case.no, uid=uid).reply

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(press, range(8)))
    assert all(reply == replies[0] for reply in replies)
    assert steps_of(own_desk, case.no) == [Deed.REPORT, Deed.ACCEPT]


def test_of_two_who_looked_at_the_same_version_one_is_told_the_new_state(
    own_desk: Desk, cast: Cast
) -> None:
    case, gate = a_case(own_desk, cast, Status.ACCEPTED), Barrier(2)

    def press(deed: Deed) -> str:
        gate.wait()
        told: dict[str, Any] = {"words": "不归我们"} if deed is Deed.DECLINE else {"unit": "szs"}
        try:
            do(own_desk, cast.actor("wang"), deed, case.no, version=2, **told)
        except ConflictError as refused:
            return str(refused.facts["current"]["status"])
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(press, [Deed.DECLINE, Deed.DISPATCH]))
    assert ends[1] in {"declined", "dispatched", "done"}
    assert ends.count("done") == 1
    assert len(steps_of(own_desk, case.no)) == 3


def test_the_same_report_at_once_from_eight_threads_is_one_case(own_desk: Desk, cast: Cast) -> None:
    uid, gate = uuid4(), Barrier(8)
    facts = ReportFacts(at=cast.code1, text="地下室进水")

    def send(_: int) -> Reported:
        gate.wait()
        with own_desk.acting(RESIDENT) as act:
            return report_case(act, uid, facts)

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(send, range(8)))
    assert {r.track for r in receipts} == {receipts[0].track}
    assert sum(r.is_new for r in receipts) == 1
    with own_desk.looking(RESIDENT) as act:
        assert act.session.execute(select(func.count()).select_from(Case)).scalar_one() == 1
    assert steps_of(own_desk, receipts[0].no) == [Deed.REPORT]


@pytest.mark.parametrize("nothing", ["\u3164", "\u200b\u200e", "\ufe0f \U000e0041"])
def test_words_that_nobody_sees_are_no_words(desk: Desk, cast: Cast, nothing: str) -> None:
    case = report(desk, cast)
    with pytest.raises(FactsError):
        do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words=nothing)
    with pytest.raises(ValidationError):
        report(desk, cast, text=nothing)


def test_signs_that_join_others_stay_in_words(desk: Desk, cast: Cast) -> None:
    family, rare = "👨\u200d👩\u200d👧", "葛\U000e0100"
    case = report(desk, cast, text=f"{family}{rare}")
    with desk.looking(cast.actor("wang")) as act:
        assert act.session.execute(select(col(Case.text))).scalar_one() == f"{family}{rare}"
    assert case.no

"""Reports of one transaction: each its own receipt, the limits exact, all of them or none."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from gridapp.domain.errors import PhotosMissingError, UnknownPlaceError
from gridapp.services.cases.report import (
    Asking,
    Reported,
    ReportFacts,
    TakenMeanwhileError,
    report_case,
    report_cases,
)
from gridapp.services.desk import RESIDENT, Desk
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


def asking(at: str, uid: UUID | None = None, device: str = "", *photos: str) -> Asking:
    actor = replace(RESIDENT, device=device)
    return Asking(actor, uid or uuid4(), ReportFacts(at=at, text="路灯不亮", photos=photos))


def reported(desk: Desk, *asked: Asking) -> list[Reported]:
    with desk.acting(RESIDENT) as act:
        return report_cases(act, asked)


def test_each_gets_the_receipt_of_its_own(desk: Desk, cast: Cast) -> None:
    asked = [asking(cast.code3), asking(cast.code1), asking(cast.code2)]
    told = reported(desk, *asked)
    assert [one.receipt for one in told] == [one.uid for one in asked]
    places = {one.lately.building_id for one in told if one.lately}
    assert len({one.no for one in told}) == len(places) == 3


def test_siblings_count_for_the_limits(desk: Desk, cast: Cast) -> None:
    reported(desk, asking(cast.code1, device="a" * 16))
    told = reported(
        desk,
        asking(cast.code1, device="a" * 16),
        asking(cast.code1, device="b" * 16),
        asking(cast.code2, device="a" * 16),
    )
    lately = [one.lately for one in told if one.lately]
    assert [one.by_device for one in lately] == [2, 1, 3]
    assert [one.at_place for one in lately] == [2, 3, 1]


def test_what_has_come_before_gets_its_receipt_beside_new_ones(desk: Desk, cast: Cast) -> None:
    first = asking(cast.code1)
    (before,) = reported(desk, first)
    again, new = reported(desk, first, asking(cast.code1))
    assert (again.body(), again.is_new, new.is_new) == (before.body(), False, True)


def test_two_under_one_id_are_done_one_after_the_other(desk: Desk, cast: Cast) -> None:
    uid = uuid4()
    with pytest.raises(TakenMeanwhileError):
        reported(desk, asking(cast.code1, uid), asking(cast.code1, uid))


def test_a_missing_photo_or_an_unknown_place_undoes_all(desk: Desk, cast: Cast) -> None:
    good = asking(cast.code1)
    with pytest.raises(PhotosMissingError):
        reported(desk, good, asking(cast.code1, None, "", "a" * 64))
    with pytest.raises(UnknownPlaceError):
        reported(desk, good, asking("99999999"))
    with desk.acting(RESIDENT) as act:
        assert report_case(act, good.uid, good.facts).is_new

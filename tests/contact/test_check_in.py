"""Checking in without script: by code or by choice, once, and kindly refused."""

import pytest
from sqlmodel import select

from gridapp.domain.vocabulary import Deed, Source
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, CheckIn, PatrolFinding
from tests.cast import Cast
from tests.contact.conftest import SignedIn
from tests.contact.visitor import Visitor
from tests.makers import do

PAGE = "/field/check_in"
GRID1 = "310107022001001"


def check_ins(desk: Desk) -> list[CheckIn]:
    with desk.looking(RESIDENT) as act:
        return list(act.session.exec(select(CheckIn)))


def test_a_typed_code_checks_in_and_leads_on(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li = signed_in("li")
    typed = f" {cast.code1[:4].lower()}-{cast.code1[4:]} "
    done = li.follow(li.fill(li.get(PAGE), PAGE, {"code": typed, "words": "楼道畅通"}))
    [row] = check_ins(desk)
    assert (row.building_id, row.via, row.words) == (cast.building1, "typed", "楼道畅通")
    assert "已签到：1号楼" in done.text
    assert f"/field/settle?at={cast.code1}" in done.text


def test_a_chosen_building_is_as_good(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li = signed_in("li")
    form = li.get(f"{PAGE}?at={cast.code1.lower()}")
    li.follow(li.fill(form, PAGE, {"at": cast.code1}))
    assert (
        f'value="{cast.code1}" data-name="1号楼" data-point="" data-counted="" selected'
        in form.text
    )
    assert check_ins(desk)[0].via == "tap"


def test_a_named_point_is_chosen_like_a_building(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    told = {"grid": GRID1, "name": "东门河堤"}
    point = do(desk, cast.actor("chen"), Deed.ADD_POINT, "", **told).reply["point"]  # type: ignore[arg-type]  # facts, not options
    li = signed_in("li")
    done = li.follow(li.fill(li.get(PAGE), PAGE, {"at": f"POINT:{point}".upper()}))
    assert "已签到：东门河堤" in done.text
    assert f"point={point}" in done.text


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_check_in_says_for_which_points_it_counts(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    for name in ("屋顶水箱", "配电房"):
        do(desk, cast.actor("chen"), Deed.ADD_POINT, at=cast.code1, name=name)
    li = signed_in("li")
    done = li.follow(li.fill(li.get(PAGE), PAGE, {"at": cast.code1}))
    assert "计入巡查点：屋顶水箱、配电房。" in done.text


def test_the_same_form_sent_twice_checks_in_once(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li = signed_in("li")
    form = li.get(PAGE)
    for _ in range(2):
        li.follow(li.fill(form, PAGE, {"at": cast.code1}))
    assert len(check_ins(desk)) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ZRZ2220", "不含字母"),
        ("ZRZ222", "还没有输完"),
        ("ZRZ222222", "多输了"),
        ("ZRZ2222Z", "有一位不对"),
        ("", "请扫码、输入楼栋码，或选择楼栋。"),
    ],
)
@pytest.mark.usefixtures("cast")
def test_a_mistyped_code_is_told_and_kept(
    code: str, said: str, signed_in: SignedIn, desk: Desk
) -> None:
    li = signed_in("li")
    again = li.fill(li.get(PAGE), PAGE, {"code": code, "words": "楼道畅通"})
    assert again.status_code == 422
    assert said in again.text
    assert "楼道畅通" in again.text
    assert check_ins(desk) == []


def test_a_code_of_another_grid_is_answered_kindly(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li = signed_in("li")
    again = li.fill(li.get(PAGE), PAGE, {"code": cast.code2})
    assert "这栋楼不在您的网格里" in again.text
    assert check_ins(desk) == []


@pytest.mark.parametrize("at", ["POINT:", "POINT:x", "point", "POINT:" + "0" * 40])
def test_a_made_up_place_breaks_nothing(at: str, signed_in: SignedIn, desk: Desk) -> None:
    li = signed_in("li")
    assert li.fill(li.get(PAGE), PAGE, {"at": at}).status_code == 422
    assert check_ins(desk) == []


@pytest.mark.parametrize("name", ["wang", "dept", "admin"])
def test_who_walks_no_grid_is_told_so(name: str, signed_in: SignedIn) -> None:
    assert signed_in(name).get(PAGE).status_code == 403


def test_only_this_page_may_compile_the_decoder(signed_in: SignedIn) -> None:
    li = signed_in("li")
    policies = [li.get(page).headers["content-security-policy"] for page in (PAGE, "/field/note")]
    assert ["wasm-unsafe-eval" in policy for policy in policies] == [True, False]


def test_a_finding_sent_without_script_is_the_points(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    told = {"at": cast.code1, "name": "配电房"}
    point = do(desk, cast.actor("chen"), Deed.ADD_POINT, "", **told).reply["point"]  # type: ignore[arg-type]  # facts, not options
    li: Visitor = signed_in("li")
    form = li.get(f"/field/report?at={cast.code1}&point={point}")
    done = li.follow(li.fill(form, "/field/report", {"at": cast.code1, "text": "门没锁"}))
    with desk.looking(cast.actor("wang")) as act:
        [case] = act.session.exec(select(Case))
        finding = act.session.exec(select(PatrolFinding)).one()
    assert (case.source, finding.case_id) == (Source.PATROL, case.id)
    assert "已上报" in done.text

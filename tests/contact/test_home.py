"""The resident's home: my matters without an account, my building's people and notices, numbers."""

import pytest
from sqlmodel import col, update

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import BuildingCode
from tests.cast import Cast
from tests.contact.visitor import Visitor
from tests.makers import a_case, do, notice_facts, report

TEXT = "2单元3楼的灯不亮"


def a_report(zhang: Visitor, cast: Cast, text: str = TEXT) -> str:
    """Report without script; gives the tracking page's address."""
    form = zhang.get(f"/report?at={cast.code1}")
    return str(zhang.fill(form, "/report", {"text": text}).headers["location"])


def test_what_was_reported_from_this_phone_stands_there(zhang: Visitor, cast: Cast) -> None:
    receipt = a_report(zhang, cast)
    zhang.get(receipt)
    home = zhang.get("/").text
    assert TEXT in home
    assert f'href="{receipt.partition("?")[0]}"' in home
    assert "已收到" in home


def test_a_stranger_s_phone_shows_nothing_of_it(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    report(desk, cast, text=TEXT)
    home = zhang.get("/")
    assert TEXT not in home.text
    assert home.headers["cache-control"] == "no-store"


def test_a_link_that_was_opened_is_not_mine_until_i_say_so(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    track = report(desk, cast, text=TEXT).track
    page = zhang.get(f"/c/{track}")
    assert TEXT not in zhang.get("/").text
    zhang.follow(zhang.fill(page, f"/c/{track}/mine", {"keep": "yes"}))
    assert TEXT in zhang.get("/").text
    zhang.follow(zhang.fill(page, f"/c/{track}/mine", {"keep": "no"}))
    assert TEXT not in zhang.get("/").text


def test_what_i_met_too_is_mine_without_another_s_words(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    report(desk, cast, text="王师傅家的灯")
    zhang.fill(zhang.get(f"/q/{cast.code1}"), f"/q/{cast.code1}/me-too")
    home = zhang.get("/").text
    assert "路灯不亮" in home
    assert "我也遇到" in home
    assert "王师傅" not in home


def test_a_case_that_was_found_again_is_kept(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, text=TEXT, phone="13800138000")
    zhang.post("/find", data={"no": case.no, "tail": "8000"})
    assert TEXT in zhang.get("/").text


def test_a_finished_matter_asks_for_a_rating(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    track = a_case(desk, cast, Status.CLOSED).track
    zhang.get(f"/c/{track}?new=1")
    assert "请您评价" in zhang.get("/").text


def test_only_the_latest_ten_are_kept(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    for number in range(12):
        zhang.get(f"/c/{report(desk, cast, text=f'第{number}件').track}?new=1")
    home = zhang.get("/").text
    assert "第11件" in home
    assert "第2件" in home
    assert "第1件" not in home


@pytest.mark.parametrize("kept", ["x", "a" * 300, "'; drop table", "AAAAAAAAAAAAAAAAAAAAAA"])
def test_a_spoilt_cookie_is_an_empty_list(zhang: Visitor, kept: str) -> None:
    home = zhang.get("/", headers={"cookie": f"grid_mine={kept}; grid_place={kept}"})
    assert home.status_code == 200


def test_the_last_building_shows_its_people_and_notices(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    told = notice_facts(desk, cast.grid1, words="<b>二十二点到六点")
    do(desk, cast.actor("li"), Deed.POST_NOTICE, **told)
    zhang.get(f"/q/{cast.code1}")
    home = zhang.get("/").text
    assert 'href="tel:021-52730101"' in home
    assert "停水" in home
    assert "&lt;b&gt;二十二点" in home
    assert f'href="/report?at={cast.code1}"' in home


def test_a_building_that_is_gone_is_forgotten(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    zhang.get(f"/q/{cast.code1}")
    with desk.acting(RESIDENT) as act:
        retired = update(BuildingCode).where(col(BuildingCode.code) == cast.code1)
        act.session.execute(retired.values(retired_at=act.now))
    home = zhang.get("/")
    assert home.status_code == 200
    assert cast.code1 not in home.text


def test_urgent_numbers_are_one_tap_away(zhang: Visitor) -> None:
    home = zhang.get("/").text
    assert all(f'href="tel:{number}"' in home for number in ("110", "119", "120", "12345"))


def test_a_typed_code_opens_its_building(zhang: Visitor, cast: Cast) -> None:
    spaced = f"{cast.code1[:4]} {cast.code1[4:].lower()}"
    answer = zhang.get("/q", params={"code": spaced})
    assert answer.headers["location"] == f"/q/{cast.code1}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "请输入"), ("ZRZ22", "还差3位"), ("ZRZ222222", "只有8位"), ("ZRZ2222Z", "这个码不对")],
)
def test_a_mistyped_code_is_told_and_stays(zhang: Visitor, typed: str, said: str) -> None:
    answer = zhang.get("/q", params={"code": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text

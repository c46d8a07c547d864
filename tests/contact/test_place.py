"""A poster's code opens the building, however it is written; without one a place can be found."""

import re
from html import unescape

import pytest
from sqlalchemy import update
from sqlmodel import col

from gridapp.contact.assets import inline_source
from gridapp.domain.codes import building_code
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Building, BuildingCode
from tests.cast import Cast
from tests.contact.visitor import Visitor
from tests.makers import do, report


@pytest.mark.parametrize("path", ["/q/{code}", "/Q/{code}", "/q/{lower}", "/q/{spaced}"])
def test_a_code_opens_its_building_in_any_case(zhang: Visitor, cast: Cast, path: str) -> None:
    code = cast.code1
    written = path.format(code=code, lower=code.lower(), spaced=f"{code[:4]}%20{code[4:].lower()}")
    page = zhang.get(written)
    assert page.status_code == 200
    assert "<h1>1号楼</h1>" in page.text
    assert f'href="/report?at={code}"' in page.text


def test_the_people_who_answer_for_it_can_be_called(zhang: Visitor, cast: Cast) -> None:
    page = zhang.get(f"/q/{cast.code1}")
    assert 'href="tel:021-52730101"' in page.text
    assert "李建国" in page.text
    assert "13800138001" not in page.text


@pytest.mark.parametrize("code", ["22222223", "x", "%00", "%F0%A0%AE%B7", "a" * 300])
def test_an_unknown_code_lets_one_find_the_place(zhang: Visitor, code: str) -> None:
    page = zhang.get(f"/q/{code}")
    assert page.status_code == 404
    assert "没有认出这个码" in page.text
    assert 'action="/report"' in page.text


def test_a_poster_of_another_street_is_told_apart(zhang: Visitor) -> None:
    page = zhang.get(f"/q/{building_code('ABCDEFG')}")
    assert page.status_code == 404
    assert "这个码不是本街道的" in page.text
    assert 'action="/report"' in page.text


def test_a_retired_code_lets_one_find_the_place(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        retired = update(BuildingCode).where(col(BuildingCode.code) == cast.code1)
        act.session.execute(retired.values(retired_at=act.now))
    page = zhang.get(f"/q/{cast.code1}")
    assert "牌子换过了" in page.text
    assert 'action="/report"' in page.text


def test_a_poster_hung_up_anew_leads_to_the_new_one(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    new = building_code("NEWCDEF")
    with desk.acting(RESIDENT) as act:
        old = act.session.get_one(BuildingCode, cast.code1)
        old.retired_at = act.now
        act.session.add(BuildingCode(code=new, building_id=cast.building1, issued_at=act.now))
    page = zhang.get(f"/q/{cast.code1}")
    assert "1号楼的牌子换过了" in page.text
    assert f'href="/q/{new}"' in page.text


def test_a_building_that_is_gone_says_so(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.get_one(Building, cast.building1).retired_at = act.now
    assert "这块牌子已经停用" in zhang.get(f"/q/{cast.code1}").text


def test_what_is_open_here_can_be_joined_with_one_tap(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    report(desk, cast, text="王师傅家的灯", phone="13800138000")
    page = zhang.get(f"/q/{cast.code1}")
    assert "路灯不亮" in page.text
    assert "王师傅" not in page.text
    followed = zhang.follow(zhang.fill(page, f"/q/{cast.code1}/me-too"))
    assert "已记下。连您在内，有1人也遇到" in followed.text
    assert "王师傅" not in followed.text
    assert "1人也遇到" in zhang.get(f"/q/{cast.code1}").text


def test_a_second_tap_of_one_phone_is_the_first(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    action = f"/q/{cast.code1}/me-too"
    pages = [zhang.get(f"/q/{cast.code1}") for _ in range(2)]
    sent = [zhang.fill(page, action).headers["location"] for page in pages]
    assert sent[0] == sent[1]
    assert "1人也遇到" in zhang.get(f"/q/{cast.code1}").text


def test_a_matter_finished_meanwhile_is_told_kindly(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    page = zhang.get(f"/q/{cast.code1}")
    do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words="不属于本街道")
    late = zhang.fill(page, f"/q/{cast.code1}/me-too")
    assert late.status_code == 404
    assert "刚刚有了结果" in late.text
    assert "<h1>1号楼</h1>" in late.text


def test_a_link_sent_on_shows_the_building_and_nobodys_data(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    report(desk, cast, text="王师傅家的灯")
    page = zhang.get(f"/q/{cast.code1}").text
    assert '<meta property="og:title" content="1号楼">' in page
    assert re.search(r'og:image" content="http://[^"]+/icon-512.png"', page)
    assert "王师傅" not in page


@pytest.mark.parametrize("typed", ["兰溪路101弄", "兰溪路 1号楼", "南大街第一 兰溪", "{code}"])
def test_a_place_is_found_by_what_people_call_it(zhang: Visitor, cast: Cast, typed: str) -> None:
    page = zhang.get("/report?q=" + typed.format(code=cast.code1.lower()))
    assert f'href="/q/{cast.code1}"' in page.text
    assert cast.code2 not in page.text


def test_buildings_stand_in_the_order_of_their_numbers(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    with desk.acting(RESIDENT) as act:
        home = act.session.get_one(Building, cast.building1)
        for at, number in enumerate((10, 9)):
            other = Building(grid_id=home.grid_id, name="楼", address=f"兰溪路101弄{number}号")
            act.session.add(other)
            act.session.flush()
            assert other.id is not None
            code = building_code("ABCDEF" + "GH"[at])
            act.session.add(BuildingCode(code=code, building_id=other.id, issued_at=act.now))
    page = zhang.get("/report?q=101弄").text
    assert re.findall(r"101弄(\d+)号<br>", page) == ["1", "9", "10"]


@pytest.mark.parametrize("typed", ["%", "_", "'; drop table building", "没有这条路"])
def test_what_is_not_found_says_how_to_go_on(zhang: Visitor, typed: str) -> None:
    page = zhang.get("/report", params={"q": typed})
    assert page.status_code == 200
    assert "没有找到" in page.text
    assert typed in unescape(page.text)


def test_hostile_names_stay_text(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.execute(
            update(Building).where(col(Building.id) == cast.building1).values(name="<script>1")
        )
    page = zhang.get(f"/q/{cast.code1}")
    assert "<script>1" not in page.text
    assert "&lt;script&gt;1" in page.text


def test_a_page_runs_nothing_that_stands_in_it(zhang: Visitor, cast: Cast) -> None:
    page = zhang.get(f"/report?at={cast.code1}")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "onclick" not in page.text
    assert "style=" not in page.text


def test_the_first_page_brings_its_styles_along_and_the_next_one_asks_for_them(
    zhang: Visitor, cast: Cast
) -> None:
    first = zhang.get(f"/q/{cast.code1}")
    [styles] = re.findall(r"<style>(.*?)</style>", first.text, re.DOTALL)
    assert inline_source(styles) in first.headers["content-security-policy"]
    assert 'rel="stylesheet"' not in first.text
    again = zhang.get(f"/q/{cast.code1}")
    assert "<style" not in again.text
    assert 'rel="stylesheet"' in again.text


def test_what_has_no_category_is_counted_and_not_offered(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    report(desk, cast, category=None)
    page = zhang.get(f"/q/{cast.code1}").text
    assert "另有1件刚收到" in page
    assert "/me-too" not in page

"""A poster's code opens the building, however it is written; without one a place can be found."""

from html import unescape

import pytest
from sqlalchemy import update
from sqlmodel import col

from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Building, BuildingCode
from tests.cast import Cast
from tests.contact.visitor import Visitor


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


@pytest.mark.parametrize("code", ["22222222", "x", "%00", "%F0%A0%AE%B7", "a" * 300])
def test_an_unknown_code_lets_one_find_the_place(zhang: Visitor, code: str) -> None:
    page = zhang.get(f"/q/{code}")
    assert page.status_code == 404
    assert "没有认出这个码" in page.text
    assert 'action="/report"' in page.text


def test_a_retired_code_lets_one_find_the_place(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        retired = update(BuildingCode).where(col(BuildingCode.code) == cast.code1)
        act.session.execute(retired.values(retired_at=act.now))
    assert "没有认出这个码" in zhang.get(f"/q/{cast.code1}").text


@pytest.mark.parametrize("typed", ["兰溪路101弄", "兰溪路 1号楼", "南大街第一 兰溪", "{code}"])
def test_a_place_is_found_by_what_people_call_it(zhang: Visitor, cast: Cast, typed: str) -> None:
    page = zhang.get("/report?q=" + typed.format(code=cast.code1.lower()))
    assert f'href="/q/{cast.code1}"' in page.text
    assert cast.code2 not in page.text


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
    assert "<style" not in page.text

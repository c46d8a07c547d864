"""长辈版 is on every resident's page, is remembered, and costs nothing that was typed."""

import re

import pytest

from gridapp.domain.vocabulary import Status
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.contact.conftest import jpeg
from tests.contact.visitor import Visitor, hidden_fields
from tests.makers import a_case

PAGES = ["/", "/q/{code}", "/q/22222222", "/report?at={code}", "/report", "/find", "/c/{track}"]


def elder(visitor: Visitor, size: str = "20", onward: str = "/") -> None:
    answer = visitor.post("/elder", data={"text_px": size, "next": onward})
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_switch_and_remembers_it(
    zhang: Visitor, desk: Desk, cast: Cast, path: str
) -> None:
    here = path.format(code=cast.code1, track=a_case(desk, cast).track)
    assert '<html lang="zh-CN" class="usual">' in zhang.get(here).text
    elder(zhang, "24")
    page = zhang.get(here).text
    assert 'class="elder elder-24"' in page
    assert page.count('name="text_px"') == 5


def test_the_usual_page_comes_back(zhang: Visitor) -> None:
    elder(zhang)
    elder(zhang, "0")
    assert 'class="usual"' in zhang.get("/").text


@pytest.mark.parametrize("size", ["19", "300", "x", ""])
def test_a_size_that_is_none_is_the_usual_one(zhang: Visitor, size: str) -> None:
    elder(zhang, size)
    assert 'class="usual"' in zhang.get("/").text


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil", "x"])
def test_the_switch_leads_to_no_other_site(zhang: Visitor, onward: str) -> None:
    answer = zhang.post("/elder", data={"text_px": "20", "next": onward})
    assert answer.headers["location"] == "/"


def test_the_switch_leads_back_to_its_page(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get("/report?q=%E5%85%B0%E6%BA%AA")
    [here] = hidden_fields(form, "/elder")["next"]
    assert zhang.post("/elder", data={"next": here}).headers["location"].startswith("/report?q=")
    assert cast


def test_switching_on_a_half_filled_form_keeps_words_and_photo(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    told = {"text": "写到一半，换成大字", "phone": "138", "text_px": "30"}
    page = zhang.fill(form, "/report", told, {"photos": [jpeg()]})
    assert page.status_code == 200
    assert 'class="elder elder-30"' in page.text
    assert "写到一半，换成大字</textarea>" in page.text
    assert 'value="138"' in page.text
    assert "已收到的照片 1" in page.text
    assert 'class="elder elder-30"' in zhang.get("/").text


def test_a_mistake_is_told_in_the_same_size(zhang: Visitor, cast: Cast) -> None:
    elder(zhang, "30")
    form = zhang.get(f"/report?at={cast.code1}")
    asked = zhang.fill(form, "/report", {"text": " "})
    assert asked.status_code == 422
    assert 'class="elder elder-30"' in asked.text


def test_the_story_opens_at_a_tap(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    track = a_case(desk, cast, Status.CLOSED).track
    usual = zhang.get(f"/c/{track}").text
    elder(zhang)
    larger = zhang.get(f"/c/{track}").text
    heading = re.compile(r"<details class=\"card fold\" ><summary><h2>办理经过")
    assert not heading.search(usual)
    assert heading.search(larger)


def test_one_reader_s_size_is_no_other_s(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    elder(zhang, "30")
    assert "elder-30" in zhang.get(f"/q/{cast.code1}").text
    elder(zhang, "0")
    assert 'class="usual"' in zhang.get(f"/q/{cast.code1}").text
    assert desk

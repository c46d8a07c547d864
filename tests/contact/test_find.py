"""A lost link is found by number and tail; wrong is wrong in one and the same sentence."""

import re

import pytest

from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.contact.visitor import Visitor
from tests.makers import report

PHONE = "13800138000"


def words_of(text: str, no: str) -> str:
    return re.sub(r"\s+", " ", text.replace(no, "NO"))


def test_number_and_tail_lead_to_the_case(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, phone=PHONE)
    found = zhang.post("/find", data={"no": f" {case.no} ", "tail": "8000"})
    assert found.headers["location"] == f"/c/{case.track}"
    assert found.headers["cache-control"] == "no-store"


def test_a_wrong_number_and_a_wrong_tail_look_the_same(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    case = report(desk, cast, phone=PHONE)
    other = f"{case.no[:6]}99999"
    zhang.get(f"/q/{cast.code1}")  # from the second page on a browser has its styles
    wrong_tail = zhang.post("/find", data={"no": case.no, "tail": "0000"})
    wrong_number = zhang.post("/find", data={"no": other, "tail": "8000"})
    assert wrong_tail.status_code == wrong_number.status_code == 422
    assert words_of(wrong_tail.text, case.no) == words_of(wrong_number.text, other)


def test_what_was_typed_stays_but_the_tail(zhang: Visitor) -> None:
    page = zhang.post("/find", data={"no": "26061000001", "tail": "4321"})
    assert 'value="26061000001"' in page.text
    assert "4321" not in page.text


@pytest.mark.parametrize("told", [{}, {"no": "26061000001"}, {"tail": "8000"}, {"no": " "}])
def test_both_are_asked_for(zhang: Visitor, told: dict[str, str]) -> None:
    page = zhang.post("/find", data={"x": "1"} | told)
    assert page.status_code == 422
    assert "都要填" in page.text


def guess(visitor: Visitor, no: str, address: str = "192.0.2.9") -> int:
    """Guess five times as a stranger with a new device each time."""
    visitor.come_from(address)
    tries = [
        visitor.post("/find", data={"no": no, "tail": f"000{tail}"}, headers={"cookie": ""})
        for tail in range(5)
    ]
    return tries[-1].status_code


def test_one_number_is_guessed_at_five_times_an_hour_from_one_address(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    case = report(desk, cast, phone=PHONE)
    guess(zhang, case.no)
    held = zhang.post("/find", data={"no": case.no, "tail": "8000"})
    assert held.status_code == 429
    assert "分钟再试" in held.text
    assert case.track not in held.text


def test_strangers_at_one_address_do_not_close_a_number_for_others(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    case = report(desk, cast, phone=PHONE)
    assert guess(zhang, case.no) == 422
    zhang.come_from("192.0.2.7")
    found = zhang.post("/find", data={"no": case.no, "tail": "8000"})
    assert found.headers["location"] == f"/c/{case.track}"


def test_a_phone_that_has_reported_finds_its_way_whatever_strangers_do(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    zhang.fill(form, "/report", {"text": "路灯不亮"})
    case = report(desk, cast, phone=PHONE)
    codes = [guess(zhang, case.no, f"192.0.2.{number}") for number in range(10, 15)]
    stranger = zhang.post("/find", data={"no": case.no, "tail": "8000"}, headers={"cookie": ""})
    owner = zhang.post("/find", data={"no": case.no, "tail": "8000"})
    assert (codes, stranger.status_code) == ([422] * 4 + [429], 429)
    assert owner.headers["location"] == f"/c/{case.track}"


def test_another_way_of_writing_a_number_is_no_other_number(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    case = report(desk, cast, phone=PHONE)
    for gap in ("", " ", "-", "  ", " - "):
        written = f"{case.no[:6]}{gap}{case.no[6:]}"
        zhang.post("/find", data={"no": written, "tail": "0000"})
    assert zhang.post("/find", data={"no": case.no, "tail": "8000"}).status_code == 429


def test_one_device_tries_ten_numbers_and_rests(zhang: Visitor) -> None:
    tries = [
        zhang.post("/find", data={"no": f"260610000{number:02d}", "tail": "8000"}).status_code
        for number in range(12)
    ]
    assert tries[0] == 422
    assert tries[-1] == 429

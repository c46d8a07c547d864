"""The receipt: number, promise, a link to copy, a picture for the album, a phone if one likes."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from sqlmodel import select

from gridapp.printing.lettering import lines
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case
from tests.cast import Cast
from tests.contact.visitor import Visitor
from tests.makers import a_case

WECHAT = {"user-agent": "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0.47 NetType/4G"}


def test_it_says_number_promise_and_link(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast)
    page = zhang.get(f"/c/{case.track}?new=1").text
    assert case.no in page
    assert "前答复您" in page
    assert f'value="http://127.0.0.1:3000/c/{case.track}" readonly' in page


def test_later_the_page_is_no_receipt_any_more(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast)
    assert "receipt.png" not in zhang.get(f"/c/{case.track}").text


def test_the_picture_holds_a_code_that_leads_back(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast)
    answer = zhang.get(f"/c/{case.track}/receipt.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.content) < 60_000
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(answer.content)).convert("RGB"))
    assert code.text == f"http://127.0.0.1:3000/c/{case.track}"


@pytest.mark.parametrize("track", ["nobody", "x" * 200])
def test_nobody_else_gets_the_picture(zhang: Visitor, track: str) -> None:
    assert zhang.get(f"/c/{track}/receipt.png").status_code == 404


def test_the_way_out_of_wechat_is_shown_in_wechat_alone(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    path = f"/c/{a_case(desk, cast).track}"
    assert "在浏览器打开" in zhang.get(f"{path}?new=1", headers=WECHAT).text
    assert "在浏览器打开" not in zhang.get(f"{path}?new=1").text
    assert "在浏览器打开" not in zhang.get(path, headers=WECHAT).text


def test_a_phone_may_be_left_and_is_shown_masked(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    path = f"/c/{a_case(desk, cast).track}"
    page = zhang.get(f"{path}?new=1")
    shown = zhang.follow(zhang.fill(page, f"{path}/phone", {"phone": "+86 138 0013 8000"}))
    assert "138****8000" in shown.text
    assert "13800138000" not in shown.text
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(Case)).one().reporter_phone == "13800138000"


@pytest.mark.parametrize(("phone", "sentence"), [("12345", "好像不对"), (" ", "请填一个电话")])
def test_a_wrong_phone_is_told_beside_the_field(
    zhang: Visitor, desk: Desk, cast: Cast, phone: str, sentence: str
) -> None:
    path = f"/c/{a_case(desk, cast).track}"
    asked = zhang.fill(zhang.get(f"{path}?new=1"), f"{path}/phone", {"phone": phone})
    assert asked.status_code == 422
    assert sentence in asked.text


def test_lines_fit_and_never_begin_with_a_stop() -> None:
    broken = list(lines("长" * 30 + "，短。", 20, 200))
    assert "".join(broken) == "长" * 30 + "，短。"
    assert not any(line[0] in "，。" for line in broken)

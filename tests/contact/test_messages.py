"""The tracking page says where messages go, and lets the reporter have enough of them."""

from sqlmodel import select

from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case
from tests.cast import Cast
from tests.contact.visitor import Visitor
from tests.makers import report

PHONE = "13812345678"


def test_messages_are_stopped_and_begun_again_without_script(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    path = f"/c/{report(desk, cast, phone=PHONE).track}"
    for words in ("不再发短信", "重新发短信"):
        page = zhang.get(path)
        assert words in page.text
        shown = zhang.follow(zhang.fill(page, f"{path}/messages"))
        assert "已改好" in shown.text
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(Case.is_quiet)).one() is False


def test_the_phone_stays_masked_on_the_page(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    page = zhang.get(f"/c/{report(desk, cast, phone=PHONE).track}")
    assert "138****5678" in page.text
    assert PHONE not in page.text


def test_without_a_phone_there_is_no_form_and_notices_wait_for_script(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    page = zhang.get(f"/c/{report(desk, cast).track}")
    assert "/messages" not in page.text
    assert '<section id="messages" hidden>' in page.text


def test_another_s_token_stops_nobody_s_messages(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    report(desk, cast, phone=PHONE)
    assert zhang.post("/c/made-up/messages", data={"sms": "no"}).status_code == 404
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(Case.is_quiet)).one() is False


def test_the_worker_of_notices_is_served_for_cases_only(zhang: Visitor) -> None:
    worker = zhang.get("/c/push.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"
    assert "fetch" not in worker.text

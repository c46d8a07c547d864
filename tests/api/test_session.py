"""Signing in and out, the cookie's manners, and from which pages it may be used."""

import pytest
from starlette.types import ASGIApp

from gridapp.services.desk import Desk
from gridapp.tables import Person
from tests.api.client import ORIGIN, Client
from tests.api.conftest import SignIn
from tests.cast import PASSWORD, Cast

NEW_PASSWORD = "Another-2026"


def test_signing_in_gives_a_cookie_that_no_script_reads(zhang: Client) -> None:
    said = zhang.post("/session", {"login": "li", "password": PASSWORD})
    manners = said.headers["set-cookie"].lower()
    assert said.json()["posts"][0]["role"] == "grid_worker"
    assert "httponly" in manners
    assert "samesite=lax" in manners
    assert zhang.get("/me").json()["login"] == "li"


def test_a_wrong_password_is_refused_and_the_fifth_locks(zhang: Client) -> None:
    wrong = {"login": "li", "password": "wrong"}
    statuses = [zhang.post("/session", wrong).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 401, 423]
    assert zhang.post("/session", wrong | {"password": PASSWORD}).status_code == 423


def test_signing_out_ends_the_session(li: Client) -> None:
    assert li.send("DELETE", "/session").json() == {"signed_out": True}
    assert li.get("/me").status_code == 401


@pytest.mark.parametrize("path", ["/me", "/me/snapshot", "/cases", "/map", f"/photos/{'0' * 64}"])
def test_staff_addresses_need_signing_in(zhang: Client, path: str) -> None:
    said = zhang.get(path)
    assert (said.status_code, said.json()["code"]) == (401, "session.needed")


def test_the_first_password_must_be_changed_before_anything_else(
    li: Client, desk: Desk, cast: Cast
) -> None:
    with desk.acting(cast.actor("admin")) as act:
        act.session.get_one(Person, cast.li).must_change_password = True
    said = li.get("/cases")
    assert (said.status_code, said.json()["code"]) == (403, "session.password_change_needed")
    change = {"old": PASSWORD, "new": NEW_PASSWORD}
    assert li.post("/me/password", change).json()["must_change_password"] is False
    assert li.get("/cases").status_code == 200


def test_a_weak_password_is_refused(li: Client) -> None:
    said = li.post("/me/password", {"old": PASSWORD, "new": "12345678"})
    assert (said.status_code, said.json()["code"]) == (422, "password.weak")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_cannot_use_the_cookie(li: Client, headers: dict[str, str]) -> None:
    said = li.send("DELETE", "/session", headers=headers)
    assert (said.status_code, said.json()["code"]) == (403, "request.foreign_origin")
    assert li.get("/me").status_code == 200


def test_our_own_pages_may_use_the_cookie(li: Client) -> None:
    headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    assert li.send("DELETE", "/session", headers=headers).status_code == 200


def test_another_site_cannot_sign_anybody_in(app: ASGIApp) -> None:
    client = Client(app)
    login = {"login": "li", "password": PASSWORD}
    headers = {"origin": "https://evil.example"}
    assert client.send("POST", "/session", json=login, headers=headers).status_code == 403
    client.close()


def test_a_report_and_a_sign_in_leave_one_signed_device(zhang: Client, cast: Cast) -> None:
    path = "/reports/5b0c1f6e-7f2b-4c55-9d35-1f6f1b0a6a57"
    first = zhang.put(path, {"at": cast.code1, "text": "路灯不亮"}).headers["set-cookie"]
    again = zhang.put(path, {"at": cast.code1, "text": "路灯不亮"})
    later = zhang.post("/session", {"login": "li", "password": PASSWORD})
    assert first.startswith("grid_known=1~")
    assert "set-cookie" not in again.headers
    assert first.split("~")[1] in later.headers.get_list("set-cookie")[1]


def test_sign_ins_from_one_device_are_limited(zhang: Client) -> None:
    tries = [{"login": f"nobody-{n}", "password": "x"} for n in range(21)]
    statuses = [zhang.post("/session", one).status_code for one in tries]
    assert statuses == [401] * 20 + [429]


def test_an_ended_session_reports_as_a_resident(sign_in: SignIn, cast: Cast) -> None:
    li = sign_in("li")
    token = li.cookie()
    li.send("DELETE", "/session")
    said = li.put(
        "/reports/5b0c1f6e-7f2b-4c55-9d35-1f6f1b0a6a55",
        {"at": cast.code1, "text": "路灯不亮"},
        headers={"cookie": f"grid_session={token}"},
    )
    assert said.status_code == 201


NOTE = {"deed": "note.write", "facts": {"text": "楼道灯不亮"}}
DEED = "/deeds/8d7c2c0e-58cf-4d83-8f0a-0c7d0a7b5f11"


def test_what_a_phone_kept_goes_only_under_its_own_persons_session(
    sign_in: SignIn, cast: Cast
) -> None:
    li = sign_in("li")
    refused = li.put(DEED, NOTE, headers={"x-grid-person": str(cast.qian)})
    kept = li.put(DEED, NOTE, headers={"x-grid-person": str(cast.li)})
    assert [refused.status_code, refused.json()["code"]] == [403, "session.other_person"]
    assert kept.status_code == 201


def test_a_workers_own_report_never_turns_into_a_residents(zhang: Client, cast: Cast) -> None:
    said = zhang.put(
        "/reports/5b0c1f6e-7f2b-4c55-9d35-1f6f1b0a6a56",
        {"at": cast.code1, "text": "路灯不亮"},
        headers={"x-grid-person": str(cast.li)},
    )
    assert [said.status_code, said.json()["code"]] == [401, "session.needed"]

"""Signing in by a plain form: where each begins, what is refused, what is never followed."""

import pytest
from sqlalchemy import update
from sqlmodel import col

from gridapp.guard import signing_in
from gridapp.guard.limits import Limit
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Person, TownFact
from tests.cast import PASSWORD, Cast
from tests.contact.conftest import SignedIn
from tests.contact.visitor import Visitor


def sign_in(visitor: Visitor, login: str, password: str = PASSWORD, **more: str) -> str:
    answer = visitor.post("/sign-in", data={"login": login, "password": password, **more})
    return str(answer.headers.get("location", answer.text))


@pytest.mark.parametrize(
    ("login", "home"),
    [
        ("li", "/worker"), ("chen", "/worker"), ("dept", "/worker"), ("wang", "/desk"),
        ("zhao", "/desk"), ("leader", "/leader"), ("admin", "/admin"), ("gu", "/"),
    ],
)  # fmt: skip
def test_each_role_begins_where_its_work_is(zhang: Visitor, login: str, home: str) -> None:
    assert sign_in(zhang, login) == home


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(zhang: Visitor) -> None:
    answer = zhang.post("/sign-in", data={"login": "li", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_wrong_password_says_so_and_keeps_the_login(zhang: Visitor) -> None:
    answer = zhang.post("/sign-in", data={"login": "li", "password": "wrong"})
    assert answer.status_code == 401
    assert "账号或密码不对" in answer.text
    assert 'value="li"' in answer.text
    assert "set-cookie" not in answer.headers


def test_a_locked_account_says_for_how_long(zhang: Visitor) -> None:
    for _ in range(5):
        sign_in(zhang, "li", "wrong")
    assert "1 分钟后再试" in sign_in(zhang, "li")


@pytest.mark.parametrize("login", ["li", "nobody"])
def test_a_strangers_lock_is_the_same_whether_the_account_exists(
    zhang: Visitor, login: str
) -> None:
    tries = [zhang.post("/sign-in", data={"login": login, "password": "x"}) for _ in range(6)]
    assert [one.status_code for one in tries] == [401] * 4 + [423] * 2
    assert "1 分钟后再试" in tries[-1].text


def test_strangers_do_not_stop_the_person_at_the_own_phone(
    zhang: Visitor, signed_in: SignedIn
) -> None:
    li = signed_in("li")
    li.post("/sign-out", data={"go": "out"})
    for _ in range(5):
        sign_in(zhang, "li", "wrong")
    assert sign_in(zhang, "li") != "/worker"
    assert sign_in(li, "li") == "/worker"


def test_an_address_full_of_wrong_passwords_does_not_stop_a_known_phone(
    zhang: Visitor, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "ADDRESS_SIGN_INS", Limit("test", 3))
    li = signed_in("li")
    li.post("/sign-out", data={"go": "out"})
    wrong = [zhang.post("/sign-in", data={"login": f"n{n}", "password": "x"}) for n in range(4)]
    assert [one.status_code for one in wrong] == [401] * 3 + [429]
    assert "稍等片刻" in sign_in(zhang, "qian")
    assert sign_in(li, "li") == "/worker"


def test_one_comes_back_to_where_one_was(zhang: Visitor) -> None:
    asked = zhang.get("/field/settle?at=ABC")
    assert asked.headers["location"] == "/sign-in?next=%2Ffield%2Fsettle%3Fat%3DABC"
    assert 'value="/field/settle?at=ABC"' in zhang.follow(asked).text
    assert sign_in(zhang, "li", next="/field/settle?at=ABC") == "/field/settle?at=ABC"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "evil",
        "/\t/evil",
        "/a\r\nX: y",
    ],
)
def test_no_other_site_is_gone_on_to(zhang: Visitor, wanted: str) -> None:
    assert sign_in(zhang, "li", next=wanted) == "/worker"


@pytest.fixture
def new_li(desk: Desk, cast: Cast) -> None:
    """Li has not yet changed the first password."""
    with desk.acting(RESIDENT) as act:
        first = update(Person).where(col(Person.id) == cast.li)
        act.session.execute(first.values(must_change_password=True))


@pytest.mark.usefixtures("new_li")
def test_whoever_has_changed_the_first_password_begins_the_day(zhang: Visitor) -> None:
    assert sign_in(zhang, "li").startswith("/password")
    told = {"old": PASSWORD, "new": "Own-2026-word", "again": "Own-2026-word"}
    assert zhang.post("/password", data=told).headers["location"] == "/worker"


@pytest.mark.usefixtures("new_li")
def test_a_first_password_is_changed_before_anything_else(zhang: Visitor) -> None:
    assert sign_in(zhang, "li", next="/field/note") == "/password?next=%2Ffield%2Fnote"
    assert zhang.get("/field/note").headers["location"] == "/password?next=%2Ffield%2Fnote"
    told = {"old": PASSWORD, "new": "Own-2026-word", "again": "Own-2026-word"}
    changed = zhang.post("/password", data={**told, "next": "/field/note"})
    assert changed.headers["location"] == "/field/note"
    assert zhang.get("/field/note").status_code == 200


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"old": PASSWORD, "new": "Own-2026-word", "again": "other"}, "两次输入的新密码不一样"),
        ({"old": PASSWORD, "new": "Ab-1", "again": "Ab-1"}, "密码至少"),
        ({"old": "wrong", "new": "Own-2026-word", "again": "Own-2026-word"}, "当前密码不对"),
        ({"old": "", "new": "", "again": ""}, "请填写"),
    ],
)
def test_a_password_that_does_not_do_is_told_why(
    signed_in: SignedIn, told: dict[str, str], sentence: str
) -> None:
    answer = signed_in("li").post("/password", data=told)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert PASSWORD not in answer.text


def test_signing_out_ends_the_session_not_only_the_cookie(signed_in: SignedIn) -> None:
    li = signed_in("li")
    cookie = li.cookie("grid_session")
    assert li.post("/sign-out", data={"go": "out"}).headers["location"] == "/sign-in"
    again = li.get("/field/note", headers={"cookie": f"grid_session={cookie}"})
    assert again.headers["location"].startswith("/sign-in")


def test_the_demos_people_are_shown_in_a_demo_only(zhang: Visitor, desk: Desk) -> None:
    assert "演示环境" not in zhang.get("/sign-in").text
    with desk.acting(RESIDENT) as act:
        act.session.add(TownFact(key="demo", value=True))
    page = zhang.get("/sign-in").text
    assert "演示环境" in page
    assert 'value="wang"' in page


def test_whoever_is_signed_in_goes_on_at_once(signed_in: SignedIn) -> None:
    assert signed_in("wang").get("/sign-in").headers["location"] == "/desk"

"""A visit and what it found, without script: the own households, done once, nothing is lost."""

import pytest

from gridapp.domain.vocabulary import Deed, Source
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.contact.conftest import SignedIn, jpeg
from tests.contact.test_field import the_case
from tests.contact.visitor import Visitor
from tests.makers import do
from tests.services.visits.homes import (
    DOOR,
    NAME,
    PHONE,
    a_household,
    day,
    see,
    visit,
    visits,
)

VISIT = "/field/visit"
HEARD = "血压药快吃完了"


def test_the_form_names_the_own_households_masked(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    mine = a_household(desk, cast)
    others = a_household(desk, cast, by="qian", at=cast.code2)
    form = signed_in("li").get(f"{VISIT}?household={mine}").text
    assert f'value="{mine}" selected' in form
    assert "1号楼 张**（困难家庭）" in form
    assert not [secret for secret in (others, NAME, PHONE, DOOR) if secret in form]


def test_a_visit_needs_a_household_and_a_result_only(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li, household = signed_in("li"), a_household(desk, cast)
    told = {"household": household, "outcome": "not_home"}
    done = li.follow(li.fill(li.get(VISIT), VISIT, told))
    assert "<h1>已记下走访</h1>" in done.text
    assert [v.outcome_label for v in see(desk, cast, household).visits] == ["不在家"]


def test_the_same_form_sent_twice_is_one_visit(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li, told = signed_in("li"), {"household": a_household(desk, cast), "outcome": "met"}
    form = li.get(VISIT)
    first, again = (li.fill(form, VISIT, told) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    assert len(visits(desk)) == 1


def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    a_household(desk, cast)
    li = signed_in("li")
    asked = li.fill(li.get(VISIT), VISIT, {"text": HEARD}, {"photos": [jpeg()]})
    assert asked.status_code == 422
    assert "请选择走访哪一户" in asked.text
    assert "请选一项结果" in asked.text
    assert f"{HEARD}</textarea>" in asked.text
    assert 'name="photos_kept"' in asked.text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [({"report": "yes"}, "上报需要写一句发现了什么"), ({"on": "2026-06-11"}, "不能晚于今天"),
     ({"next_on": day(-1)}, "不能早于这一次"), ({"on": "soon"}, "日期格式不对")],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(
    signed_in: SignedIn, desk: Desk, cast: Cast, told: dict[str, str], sentence: str
) -> None:
    li, household = signed_in("li"), a_household(desk, cast)
    asked = li.fill(li.get(VISIT), VISIT, {"household": household, "outcome": "met"} | told)
    assert (asked.status_code, visits(desk)) == (422, [])
    assert sentence in asked.text


def test_a_household_of_another_grid_is_not_there(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    others = a_household(desk, cast, by="qian", at=cast.code2)
    a_household(desk, cast)
    li = signed_in("li")
    refused = li.fill(li.get(VISIT), VISIT, {"household": others, "outcome": "met"})
    assert (refused.status_code, visits(desk)) == (404, [])


def test_what_was_found_is_reported_with_the_visit(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li, household = signed_in("li"), a_household(desk, cast)
    told = {"household": household, "outcome": "met", "text": "楼道灯不亮", "report": "yes"}
    done = li.follow(li.fill(li.get(VISIT), VISIT, told, {"photos": [jpeg()]}))
    assert (the_case(desk).text, the_case(desk).source) == ("楼道灯不亮", Source.VISIT)
    assert see(desk, cast, household).visits[0].case_no in done.text


@pytest.mark.parametrize("login", ["wang", "leader", "admin", "gu"])
def test_who_pays_no_visits_gets_no_form(signed_in: SignedIn, login: str) -> None:
    page = signed_in(login).get(VISIT)
    assert page.status_code == 403


def test_a_stranger_is_asked_to_sign_in(zhang: Visitor) -> None:
    for path in (VISIT, "/field/promote?note=1"):
        assert zhang.get(path).headers["location"].startswith("/sign-in?next=")


def test_without_households_the_page_says_where_to_add_one(signed_in: SignedIn) -> None:
    page = signed_in("li").get(VISIT).text
    assert "还没有联系户" in page
    assert "<form" not in page


def test_a_visit_becomes_a_case_as_it_stands(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li, household = signed_in("li"), a_household(desk, cast)
    uid = visit(desk, cast, household, text="楼道灯不亮")["visit"]
    form = li.get(f"/field/promote?visit={uid}")
    told = {"at": cast.code1, "text": "楼道灯不亮"}
    assert f'value="{cast.code1}" selected' in form.text
    li.follow(li.fill(form, "/field/promote", told))
    assert the_case(desk).text == "楼道灯不亮"
    assert "已经转为事件" in li.get(f"/field/promote?visit={uid}").text


def a_note(desk: Desk, cast: Cast, **facts: str) -> str:
    told = {"text": "二楼扶手松了", "at": cast.code1} | facts
    order = do(desk, cast.actor("li"), Deed.WRITE_NOTE, **told)  # type: ignore[arg-type]  # as told
    return str(order.reply["note"])


def test_a_note_opens_filled_in_and_one_tap_makes_the_case(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li = signed_in("li")
    told = {"at": cast.code1, "text": "二楼扶手松了"}
    li.follow(li.fill(li.get("/field/note"), "/field/note", told, {"photos": [jpeg()]}))
    note = li.get(f"/field/promote?note={a_note(desk, cast)}")
    assert "二楼扶手松了</textarea>" in note.text
    assert f'value="{cast.code1}" selected' in note.text
    li.follow(li.fill(note, "/field/promote", told))
    assert (the_case(desk).text, the_case(desk).place) == ("二楼扶手松了", "1号楼")


def test_a_note_that_is_a_case_says_which(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li, note = signed_in("li"), a_note(desk, cast)
    form = li.get(f"/field/promote?note={note}")
    no = do(desk, cast.actor("chen"), Deed.PROMOTE_NOTE, note).reply["no"]
    told = {"at": cast.code1, "text": "二楼扶手松了"}
    for page in (li.fill(form, "/field/promote", told), li.get(f"/field/promote?note={note}")):
        assert "已经转为事件" in page.text
        assert no in page.text


@pytest.mark.parametrize("login", ["qian", "chen", "wang"])
def test_only_who_may_report_it_opens_a_note(
    signed_in: SignedIn, desk: Desk, cast: Cast, login: str
) -> None:
    page = signed_in(login).get(f"/field/promote?note={a_note(desk, cast)}")
    assert page.status_code == {"qian": 404, "chen": 200, "wang": 403}[login]

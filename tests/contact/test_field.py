"""A worker's forms without script: in the own grids, done once, nothing typed is lost."""

import pytest
from sqlmodel import select

from gridapp.domain.vocabulary import Deed, Outcome, PhotoKind, Source, Status
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, CasePhoto, Note
from tests.cast import Cast
from tests.contact.conftest import SignedIn, jpeg
from tests.contact.visitor import Visitor
from tests.makers import a_case, do, report

FOUND, DONE = "楼道堆着旧沙发", "已联系业主搬走"


def the_case(desk: Desk) -> Case:
    with desk.looking(RESIDENT) as act:
        return act.session.exec(select(Case)).one()


def test_something_new_is_settled_with_both_photos(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li = signed_in("li")
    told = {"at": cast.code1, "text": FOUND, "words": DONE}
    photos = {"before": [jpeg("red")], "after": [jpeg("green")]}
    done = li.follow(li.fill(li.get("/field/settle"), "/field/settle", told, photos))
    case = the_case(desk)
    with desk.looking(RESIDENT) as act:
        kinds = [photo.kind for photo in act.session.exec(select(CasePhoto))]
    assert (case.status, case.settled, case.reply) == (Status.CLOSED, True, DONE)
    assert kinds == [PhotoKind.BEFORE, PhotoKind.AFTER]
    assert "<h1>已办结</h1>" in done.text


def test_the_same_form_sent_twice_settles_once(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li = signed_in("li")
    form = li.get("/field/settle")
    told = {"at": cast.code1, "text": FOUND, "words": DONE}
    first, again = (li.fill(form, "/field/settle", told) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    assert the_case(desk).status is Status.CLOSED


def test_only_buildings_of_the_own_grids_are_offered(signed_in: SignedIn, cast: Cast) -> None:
    form = signed_in("li").get("/field/settle").text
    assert cast.code1 in form
    assert cast.code2 not in form
    assert "停水漏水" not in form


def test_a_building_scanned_is_chosen_already(signed_in: SignedIn, cast: Cast) -> None:
    form = signed_in("li").get(f"/field/settle?at={cast.code1.lower()}").text
    assert f'value="{cast.code1}" selected' in form


def test_a_building_of_another_grid_is_not_there(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    li = signed_in("li")
    told = {"at": cast.code2, "text": FOUND, "words": DONE}
    refused = li.fill(li.get("/field/settle"), "/field/settle", told)
    assert refused.status_code == 404
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(Case)).all() == []


def test_a_reported_case_is_settled(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li, case = signed_in("li"), report(desk, cast)
    form = li.get(f"/field/settle?no={case.no}")
    assert "三号楼门口的路灯不亮" in form.text
    li.follow(li.fill(form, "/field/settle", {"words": DONE}))
    assert the_case(desk).status is Status.CLOSED


@pytest.mark.parametrize("outcome", Outcome)
def test_a_case_is_handled_with_its_outcome(
    signed_in: SignedIn, desk: Desk, cast: Cast, outcome: Outcome
) -> None:
    dept, case = signed_in("dept"), a_case(desk, cast, Status.TAKEN)
    told = {"outcome": outcome.value, "words": DONE}
    form = dept.get(f"/field/handle?no={case.no}")
    dept.follow(dept.fill(form, "/field/handle", told, {"after": [jpeg()]}))
    assert (the_case(desk).status, the_case(desk).outcome) == (Status.HANDLED, outcome)


def test_a_change_meanwhile_is_told_and_nothing_is_lost(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    dept, case = signed_in("dept"), a_case(desk, cast, Status.TAKEN)
    form = dept.get(f"/field/handle?no={case.no}")
    do(desk, cast.actor("wang"), Deed.SUPERVISE, case.no, words="多次反映")
    asked = dept.fill(form, "/field/handle", {"outcome": "solved", "words": DONE})
    assert asked.status_code == 422
    assert "情况有变化，现在是「处置中」" in asked.text
    assert f"{DONE}</textarea>" in asked.text
    dept.follow(dept.fill(asked, "/field/handle", {"outcome": "solved", "words": DONE}))
    assert the_case(desk).status is Status.HANDLED


def test_a_case_that_is_done_shows_no_form(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.HANDLED)
    page = signed_in("dept").get(f"/field/handle?no={case.no}").text
    assert "这件事现在是「待核查」" in page
    assert "<form" not in page


@pytest.mark.parametrize("path", ["/field/handle?no={no}", "/field/settle?no={no}"])
@pytest.mark.parametrize("login", ["qian", "sun"])
def test_a_case_out_of_reach_is_not_there(
    signed_in: SignedIn, desk: Desk, cast: Cast, path: str, login: str
) -> None:
    case = a_case(desk, cast)
    page = signed_in(login).get(path.format(no=case.no))
    assert page.status_code in {403, 404}
    assert "路灯" not in page.text


def test_what_is_missing_is_named_by_field_and_photos_stay(signed_in: SignedIn, cast: Cast) -> None:
    li = signed_in("li")
    photos = {"before": [jpeg()]}
    asked = li.fill(li.get("/field/settle"), "/field/settle", {"at": cast.code1}, photos)
    assert "请写一句怎么处理的" in asked.text
    assert 'name="before_kept"' in asked.text


def test_a_report_upward_is_the_workers(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li = signed_in("li")
    told = {"at": cast.code1, "text": FOUND}
    done = li.follow(li.fill(li.get("/field/report"), "/field/report", told))
    assert (the_case(desk).source, the_case(desk).reporter_id) == (Source.WORKER, cast.li)
    assert "<h1>已上报</h1>" in done.text


def test_a_note_needs_only_words(signed_in: SignedIn, desk: Desk, cast: Cast) -> None:
    li = signed_in("li")
    li.follow(li.fill(li.get("/field/note"), "/field/note", {"text": "王阿姨住院了"}))
    with desk.looking(RESIDENT) as act:
        note = act.session.exec(select(Note)).one()
    assert (note.text, note.person_id) == ("王阿姨住院了", cast.li)


@pytest.mark.parametrize("form", ["settle", "handle", "report", "note"])
def test_a_stranger_is_asked_to_sign_in(zhang: Visitor, form: str) -> None:
    assert zhang.get(f"/field/{form}").headers["location"].startswith("/sign-in?next=")
    sent = zhang.post(f"/field/{form}", data={"text": FOUND})
    assert sent.headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("login", ["leader", "admin", "audit", "gu"])
def test_who_may_not_settle_gets_no_form(signed_in: SignedIn, login: str) -> None:
    page = signed_in(login).get("/field/settle")
    assert page.status_code == 403
    assert "您没有这项权限" in page.text


def test_the_result_page_knows_only_our_deeds(signed_in: SignedIn) -> None:
    li = signed_in("li")
    assert li.get("/field/done?deed=case.dispatch").status_code == 404
    assert "<script>" not in li.get("/field/done?deed=case.settle&no=<script>").text


def test_who_came_from_the_desk_goes_back_there(
    signed_in: SignedIn, desk: Desk, cast: Cast
) -> None:
    no = a_case(desk, cast, Status.TAKEN).no
    dept = signed_in("dept")
    form = dept.get(f"/field/handle?no={no}&from=desk")
    told = {"no": no, "outcome": Outcome.SOLVED.value, "words": DONE}
    done = dept.follow(dept.fill(form, "/field/handle", told))
    assert '<a class="top-bar-back" href="/desk">' in form.text
    assert '<a class="button primary" href="/desk">回到事件</a>' in done.text


def test_no_address_but_ours_is_a_way_back(signed_in: SignedIn) -> None:
    done = signed_in("li").get("/field/done?deed=case.settle&from=//evil.example")
    assert '<a class="button primary" href="/worker">回到今天</a>' in done.text

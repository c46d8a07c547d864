"""The token is the key to a case: it shows how it stands, and lets its reporter go on with it."""

import re
from html import unescape

import pytest
from sqlmodel import select

from gridapp.domain.vocabulary import Deed, Satisfaction, Status
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, CaseStep
from tests.cast import Cast
from tests.clock import Clock
from tests.contact.conftest import jpeg
from tests.contact.visitor import Visitor
from tests.makers import a_case, do

TAG = re.compile(r"<(?:script|style).*?</(?:script|style)>|<[^>]*>|&[^;]+;", re.DOTALL)


def the_case(desk: Desk) -> Case:
    with desk.looking(RESIDENT) as act:
        return act.session.exec(select(Case)).one()


def steps(desk: Desk, deed: Deed) -> list[CaseStep]:
    with desk.looking(RESIDENT) as act:
        return list(act.session.exec(select(CaseStep).where(CaseStep.deed == deed)))


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_told_in_plain_words(
    zhang: Visitor, desk: Desk, cast: Cast, status: Status
) -> None:
    case = a_case(desk, cast, status)
    page = zhang.get(f"/c/{case.track}")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"[a-z_]{4,}", TAG.sub("", page.text))


def test_a_token_with_one_wrong_sign_opens_nothing(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    track = a_case(desk, cast).track
    wrong = track[:-1] + ("a" if track[-1] != "a" else "b")
    page = zhang.get(f"/c/{wrong}")
    assert page.status_code == 404
    assert "网址可能没有复制完整" in page.text
    assert zhang.post(f"/c/{wrong}/words", data={"words": "我的"}).status_code == 404


def test_the_number_is_no_key(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    assert zhang.get(f"/c/{a_case(desk, cast).no}").status_code == 404


def test_the_reply_stands_above_the_story(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    page = zhang.get(f"/c/{a_case(desk, cast, Status.CLOSED).track}")
    assert "已修好路灯" in page.text
    assert page.text.count("已修好路灯") == 1
    assert "已办结" in page.text


def test_a_photo_is_shown_with_the_token_only(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    sent = zhang.fill(form, "/report", {"text": "灯不亮"}, {"photos": [jpeg()]})
    page = zhang.follow(sent)
    [path] = re.findall(r'src="(/c/[^"]+/photos/[^"]+)"', page.text)
    photo = zhang.get(unescape(path))
    assert (photo.status_code, photo.headers["content-type"]) == (200, "image/jpeg")
    assert photo.headers["cache-control"] == "no-store"
    sha = path.split("/photos/")[1]
    assert zhang.get(f"/c/somebody-else/photos/{sha}").status_code == 404


def test_words_and_photos_are_added_once(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    path = f"/c/{a_case(desk, cast).track}"
    page = zhang.get(path)
    for _ in range(2):
        told = {"words": "晚上更黑"}
        sent = zhang.fill(page, f"{path}/words", told, {"photos": [jpeg("red")]})
        shown = zhang.follow(sent)
    assert "补充已收到" in shown.text
    assert [step.words for step in steps(desk, Deed.ADD_WORDS)] == ["晚上更黑"]


def test_no_words_are_asked_for_with_the_photo_kept(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    path = f"/c/{a_case(desk, cast).track}"
    asked = zhang.fill(zhang.get(path), f"{path}/words", {"words": " "}, {"photos": [jpeg()]})
    assert asked.status_code == 422
    assert "请写一句话" in asked.text
    assert 'name="photos_kept"' in asked.text


def test_a_closed_case_is_rated_and_the_rating_may_change(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    path = f"/c/{a_case(desk, cast, Status.CLOSED).track}"
    told = {"satisfaction": "satisfied", "contacted": "yes", "solved": "no", "words": "谢谢"}
    zhang.follow(zhang.fill(zhang.get(path), f"{path}/rating", told))
    page = zhang.follow(
        zhang.fill(zhang.get(path), f"{path}/rating", {"satisfaction": "dissatisfied"})
    )
    assert the_case(desk).satisfaction is Satisfaction.DISSATISFIED
    assert "您的评价：不满意" in page.text
    assert len(steps(desk, Deed.RATE)) == 2


def test_a_rating_without_a_choice_is_asked_for(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    path = f"/c/{a_case(desk, cast, Status.CLOSED).track}"
    asked = zhang.fill(zhang.get(path), f"{path}/rating", {"words": "还行"})
    assert asked.status_code == 422
    assert "请选一项" in asked.text
    assert "还行</textarea>" in asked.text


def test_an_open_case_cannot_be_rated_even_by_a_made_up_form(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    path = f"/c/{a_case(desk, cast).track}"
    assert "/rating" not in zhang.get(path).text
    assert zhang.post(f"{path}/rating", data={"satisfaction": "satisfied"}).status_code == 409


def test_a_closed_case_goes_back_to_the_centre(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    path = f"/c/{a_case(desk, cast, Status.CLOSED).track}"
    page = zhang.get(path)
    shown = zhang.follow(zhang.fill(page, f"{path}/reopening", {"words": "又不亮了"}))
    assert the_case(desk).status is Status.REPORTED
    assert "已转街道城运中心重新处理" in shown.text


def test_after_15_days_it_is_too_late(zhang: Visitor, desk: Desk, cast: Cast, clock: Clock) -> None:
    path = f"/c/{a_case(desk, cast, Status.CLOSED).track}"
    clock.forward(days=16)
    assert "/reopening" not in zhang.get(path).text
    late = zhang.post(f"{path}/reopening", data={"words": "又不亮了"})
    assert late.status_code == 409
    assert "请重新上报" in late.text


def test_what_staff_keeps_to_itself_is_not_shown(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast)
    do(desk, cast.actor("wang"), Deed.ADD_WORDS, case.no, words="这户常年投诉", is_public=False)
    assert "常年投诉" not in zhang.get(f"/c/{case.track}").text


def test_a_long_text_is_folded(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, text="路灯不亮。" * 1_000)
    page = zhang.get(f"/c/{case.track}")
    assert "展开全文" in page.text


def test_thanks_are_one_tap_and_said_once(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    path = f"/c/{a_case(desk, cast, Status.CLOSED).track}"
    page = zhang.get(path)
    shown = zhang.follow(zhang.fill(page, f"{path}/thanks"))
    assert "您的感谢已转达" in shown.text
    assert f'action="{path}/thanks"' not in shown.text
    zhang.fill(page, f"{path}/thanks")
    assert len(steps(desk, Deed.THANK)) == 1


def test_a_case_that_nobody_has_handled_needs_no_thanks(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    path = f"/c/{a_case(desk, cast, Status.TAKEN).track}"
    assert "/thanks" not in zhang.get(path).text
    assert zhang.post(f"{path}/thanks").status_code in {400, 409}


def test_what_was_promised_and_whether_it_was_kept_is_told(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    page = zhang.get(f"/c/{a_case(desk, cast, Status.CLOSED).track}")
    assert re.search("承诺.{4,20}答复，按期办结。", page.text)


def test_how_many_others_met_it_is_told_to_the_reporter(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    case = a_case(desk, cast)
    place = f"/q/{cast.code1}"
    zhang.fill(zhang.get(place), f"{place}/me-too")
    assert "另有1人也遇到" in zhang.get(f"/c/{case.track}").text


def test_words_for_a_wrong_token_lead_to_finding_it(zhang: Visitor) -> None:
    page = zhang.post("/c/nobody/words", data={"words": "我的"})
    assert page.status_code == 404
    assert 'action="/find"' in page.text


@pytest.mark.parametrize(
    "path", ["/report?q=%00", "/c/%00", "/c/%00/receipt.png", "/c/x/photos/%00", "/q/%00"]
)
def test_a_letter_that_is_none_breaks_no_page(zhang: Visitor, cast: Cast, path: str) -> None:
    assert zhang.get(path).status_code in {200, 404}
    assert zhang.post("/c/%00/words", data={"words": "\0"}).status_code == 404
    told = {"matter": "\0", "at": "\0", "text": "\0", "no": "\0", "tail": "\0"}
    for form in (f"/q/{cast.code1}/me-too", "/report", "/find"):
        assert zhang.post(form, data=told).status_code in {404, 422}

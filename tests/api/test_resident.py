"""What residents' modules ask beside reporting: suggestions, me too, thanks, a phone for news."""

from uuid import uuid4

from gridapp.domain.vocabulary import Status
from gridapp.services.desk import Desk
from tests.api.client import Client
from tests.cast import Cast
from tests.makers import a_case, report


def test_a_text_gets_three_categories_at_most(zhang: Client) -> None:
    found = zhang.post("/categories/suggested", {"text": "楼下路灯不亮，垃圾堆着，噪音也大，漏水"})
    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-store"
    assert 1 <= len(found.json()["items"]) <= 3
    assert found.json()["items"][0]["code"] in {"rubbish", "noise"}


def test_a_text_too_long_is_told(zhang: Client) -> None:
    assert zhang.post("/categories/suggested", {"text": "长" * 10_001}).status_code == 422


def test_me_too_is_said_once_and_its_link_follows(zhang: Client, desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    [matter] = zhang.get(f"/places/{cast.code1}").json()["matters"]
    path = f"/places/{cast.code1}/matters/{matter['handle']}/me-too"
    uid = uuid4()
    first, again = zhang.put(f"{path}/{uid}"), zhang.put(f"{path}/{uid}")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert zhang.get(f"/cases/{first.json()['track']}").status_code == 404
    assert zhang.put(f"{path}/{uuid4()}").json()["count"] == 1


def test_a_matter_that_is_gone_is_not_there(zhang: Client, cast: Cast) -> None:
    gone = zhang.put(f"/places/{cast.code1}/matters/nothing/me-too/{uuid4()}")
    assert gone.status_code == 404


def test_thanks_and_a_phone_are_taken_once(zhang: Client, desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.HANDLED)
    for path, facts in (("thanks", None), ("phone", {"phone": "13800138000"})):
        uid = uuid4()
        sent = [zhang.put(f"/cases/{case.track}/{path}/{uid}", facts) for _ in range(2)]
        assert [answer.status_code for answer in sent] == [201, 200]
    shown = zhang.get(f"/cases/{case.track}").json()
    assert (shown["may_thank"], shown["phone_masked"]) == (False, "138****8000")

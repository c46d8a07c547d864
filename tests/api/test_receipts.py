"""Writes are done once: 201, then 200 with the same body; other content under the id is 409."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from starlette.types import ASGIApp

from gridapp.api.app import api_app
from gridapp.domain.vocabulary import Status
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, CheckIn, Photo
from tests.api.client import Client
from tests.api.conftest import SignIn, draw_photo, sha256
from tests.cast import PASSWORD, Cast
from tests.makers import a_case

pytestmark = pytest.mark.both_databases


def test_a_report_sent_again_gets_the_same_receipt(zhang: Client, cast: Cast) -> None:
    uid, facts = str(uuid4()), {"at": cast.code1, "text": "路灯不亮"}
    first = zhang.put(f"/reports/{uid}", facts)
    again = zhang.put(f"/reports/{uid}", facts)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["receipt"] == uid


def test_another_report_under_the_same_id_is_refused(zhang: Client, cast: Cast) -> None:
    uid = uuid4()
    zhang.put(f"/reports/{uid}", {"at": cast.code1, "text": "路灯不亮"})
    other = zhang.put(f"/reports/{uid}", {"at": cast.code1, "text": "下水道堵塞"})
    assert (other.status_code, other.json()["code"]) == (409, "id.other_content")


def test_a_photo_sent_again_is_the_same_photo(zhang: Client, cast: Cast, jpeg: bytes) -> None:
    path = f"/photos/{sha256(jpeg)}?at={cast.code1}"
    first, again = zhang.put(path, content=jpeg), zhang.put(path, content=jpeg)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == {"receipt": sha256(jpeg)}


def test_a_deed_sent_again_gets_the_same_receipt(wang: Client, desk: Desk, cast: Cast) -> None:
    order = {"deed": "case.accept", "subject": a_case(desk, cast).no, "version": 1}
    path = f"/deeds/{uuid4()}"
    first, again = wang.put(path, order), wang.put(path, order)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_deed_of_another_person_under_the_same_id_is_refused(sign_in: SignIn, cast: Cast) -> None:
    path, order = f"/deeds/{uuid4()}", {"deed": "patrol.check_in", "facts": {"at": cast.code1}}
    assert sign_in("li").put(path, order).status_code == 201
    assert sign_in("chen").put(path, order).status_code == 409


def _at_once(app: ASGIApp, send: list[tuple[str, str]], body: dict[str, Any]) -> list[int]:
    """Send the same PUT from several phones at the same moment."""
    ready, said = threading.Barrier(len(send)), []

    def one(login: str, path: str) -> None:
        client = Client(app, f"{login}-at-once")
        if login != "zhang":
            client.post("/session", {"login": login, "password": PASSWORD})
        ready.wait()
        said.append(client.put(path, body).status_code)
        client.close()

    phones = [threading.Thread(target=one, args=each) for each in send]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    return sorted(said)


def _count(desk: Desk, table: type[Case | CheckIn | Photo]) -> int:
    with desk.looking(RESIDENT) as act:
        count: int = act.session.execute(select(func.count()).select_from(table)).scalar_one()
    return count


def test_the_same_report_at_once_from_two_connections_is_one_case(
    own_desk: Desk, cast: Cast
) -> None:
    path, facts = f"/reports/{uuid4()}", {"at": cast.code1, "text": "路灯不亮"}
    said = _at_once(api_app(), [("zhang", path)] * 4, facts)
    assert said == [200, 200, 200, 201]
    assert _count(own_desk, Case) == 1


def test_the_same_deed_at_once_from_two_connections_is_done_once(
    own_desk: Desk, cast: Cast
) -> None:
    path, order = f"/deeds/{uuid4()}", {"deed": "patrol.check_in", "facts": {"at": cast.code1}}
    said = _at_once(api_app(), [("li", path)] * 3, order)
    assert said == [200, 200, 201]
    assert _count(own_desk, CheckIn) == 1


def test_of_two_dispatchers_at_once_one_is_shown_the_new_state(own_desk: Desk, cast: Cast) -> None:
    order = {"deed": "case.accept", "subject": a_case(own_desk, cast).no, "version": 1}
    paths = [("wang", f"/deeds/{uuid4()}") for _ in range(2)]
    assert _at_once(api_app(), paths, order) == [201, 409]


def test_a_lost_race_tells_the_present_state(wang: Client, desk: Desk, cast: Cast) -> None:
    no = a_case(desk, cast).no
    wang.put(f"/deeds/{uuid4()}", {"deed": "case.accept", "subject": no, "version": 1})
    late = wang.put(
        f"/deeds/{uuid4()}",
        {"deed": "case.decline", "subject": no, "version": 1, "facts": {"words": "不属于本街道"}},
    )
    assert (late.status_code, late.json()["code"]) == (409, "deed.conflict")
    assert late.json()["current"]["status"] == "accepted"


def test_a_refused_deed_leaves_its_id_free(
    li: Client, wang: Client, desk: Desk, cast: Cast
) -> None:
    path, no = f"/deeds/{uuid4()}", a_case(desk, cast).no
    order = {"deed": "case.accept", "subject": no}
    assert li.put(path, order).status_code == 403
    assert wang.put(path, order).status_code == 201


@pytest.mark.parametrize(
    "told",
    [{"satisfaction": "satisfied"}, {"satisfaction": "dissatisfied", "words": "还是不亮"}],
)
def test_a_rating_said_again_changes_nothing(
    zhang: Client, desk: Desk, cast: Cast, told: dict[str, str]
) -> None:
    path = f"/cases/{a_case(desk, cast, status=Status.CLOSED).track}/rating"
    first, again = zhang.put(path, told), zhang.put(path, told)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_going_back_to_an_earlier_rating_counts(zhang: Client, desk: Desk, cast: Cast) -> None:
    track = a_case(desk, cast, status=Status.CLOSED).track
    for word in ("satisfied", "dissatisfied", "satisfied"):
        assert zhang.put(f"/cases/{track}/rating", {"satisfaction": word}).status_code == 201
    assert zhang.get(f"/cases/{track}").json()["satisfaction"] == "satisfied"


def test_a_photo_sent_at_once_is_kept_once(own_desk: Desk, cast: Cast) -> None:
    photo, said = draw_photo("at once"), []
    path, app = f"/photos/{sha256(photo)}?at={cast.code1}", api_app()

    def send() -> None:
        client = Client(app)
        said.append(client.put(path, content=photo).status_code)
        client.close()

    phones = [threading.Thread(target=send) for _ in range(2)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert set(said) <= {200, 201}
    assert _count(own_desk, Photo) == 1

"""Limits go by device, place and case; they set reports aside, and let photos wait."""

import threading
from uuid import uuid4

import httpx
import pytest
from starlette.types import ASGIApp

from gridapp.api.app import api_app
from gridapp.guard import limits
from gridapp.guard.limits import Limit
from gridapp.services.cases.heap import count_heap
from gridapp.services.desk import Actor, Desk
from gridapp.services.limits import LIMITS
from tests.api.client import Client
from tests.api.conftest import SignIn, draw_photo, sha256
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import report

pytestmark = pytest.mark.both_databases


def send(client: Client, code: str, uid: object = None) -> httpx.Response:
    return client.put(f"/reports/{uid or uuid4()}", {"at": code, "text": "路灯不亮"})


def aside(client: Client) -> set[str]:
    """Give the numbers of what is set aside, as the desk sees it."""
    found = client.get("/cases", params={"aside": "true", "limit": "50"}).json()["items"]
    return {card["no"] for card in found}


def test_the_eleventh_report_of_a_device_is_set_aside(
    zhang: Client, wang: Client, cast: Cast, clock: Clock
) -> None:
    first = uuid4()
    send(zhang, cast.code1, first)
    clock.forward(minutes=4)
    assert [send(zhang, cast.code1).status_code for _ in range(9)] == [201] * 9
    kept = send(zhang, cast.code2)
    assert (kept.status_code, aside(wang)) == (201, {kept.json()["no"]})
    assert send(zhang, cast.code1, first).status_code == 200
    clock.forward(minutes=10)
    assert send(zhang, cast.code2).json()["no"] not in aside(wang)


def test_a_place_takes_so_many_from_all_devices_together_and_sets_the_rest_aside(
    zhang: Client, wang: Client, desk: Desk, cast: Cast
) -> None:
    for _ in range(60):
        report(desk, cast)
    kept = [send(zhang, cast.code1) for _ in range(3)]
    assert [one.status_code for one in kept] == [201] * 3
    assert aside(wang) == {one.json()["no"] for one in kept}
    assert send(zhang, cast.code2).json()["no"] not in aside(wang)


def test_staff_hands_in_a_whole_day_at_once(sign_in: SignIn, cast: Cast) -> None:
    li = sign_in("li")
    assert [send(li, cast.code1).status_code for _ in range(12)] == [201] * 12


def test_two_devices_behind_one_address_do_not_hinder_each_other(
    app: ASGIApp, zhang: Client, wang: Client, cast: Cast
) -> None:
    kept = [send(zhang, cast.code1).json()["no"] for _ in range(11)][-1]
    neighbour = Client(app, "another-phone")
    assert send(neighbour, cast.code1).status_code == 201
    assert aside(wang) == {kept}
    neighbour.close()


def test_a_street_wide_flood_from_one_address_is_set_aside_whatever_the_device(
    app: ASGIApp, wang: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ADDRESS_REPORTS", Limit("test", 2))
    sent = []
    for number, code in enumerate([cast.code1, cast.code2, cast.code3, cast.code1]):
        phone = Client(app, f"made-up-{number}")
        sent.append(send(phone, code))
        phone.close()
    assert [one.status_code for one in sent] == [201] * 4
    assert aside(wang) == {one.json()["no"] for one in sent[2:]}


def test_a_flood_at_the_same_address_leaves_a_phone_that_has_reported_alone(
    app: ASGIApp, zhang: Client, wang: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ADDRESS_REPORTS", Limit("test", 1))
    send(zhang, cast.code1)  # by which its phone is known
    stranger = Client(app, "made-up")
    flood = send(stranger, cast.code2)
    stranger.close()
    assert send(zhang, cast.code3).status_code == 201
    assert aside(wang) == {flood.json()["no"]}


def test_the_limit_is_exact_when_reports_come_at_once(own_desk: Desk, cast: Cast) -> None:
    for _ in range(5):
        report(own_desk, cast, Actor(device="racing-phone"))
    app, said, ready = api_app(), [], threading.Barrier(8)

    def phone() -> None:
        client = Client(app, "racing-phone")
        ready.wait()
        said.append(send(client, cast.code1).status_code)
        client.close()

    phones = [threading.Thread(target=phone) for _ in range(8)]
    for one in phones:
        one.start()
    for one in phones:
        one.join()
    assert said == [201] * 8
    with own_desk.looking(cast.actor("wang")) as act:
        assert count_heap(act) == 3


def test_photos_by_a_tracking_link_end_with_the_case_whatever_the_device(
    app: ASGIApp, desk: Desk, cast: Cast
) -> None:
    track, said = report(desk, cast).track, []
    for number in range(LIMITS.case_photo_count + 1):
        body, phone = draw_photo(f"flood {number}"), Client(app, f"made-up-{number}")
        said.append(phone.put(f"/photos/{sha256(body)}?track={track}", content=body))
        phone.close()
    assert [one.status_code for one in said] == [201] * LIMITS.case_photo_count + [429]
    assert int(said[-1].headers["retry-after"]) > 0
    assert "先不带照片提交" in said[-1].json()["detail"]


def test_the_sixty_first_photo_of_a_device_has_to_wait(zhang: Client, cast: Cast) -> None:
    photos = [draw_photo(f"lamp {number}") for number in range(61)]
    paths = [f"/photos/{sha256(photo)}?at={cast.code1}" for photo in photos]
    said = [zhang.put(p, content=body) for p, body in zip(paths, photos, strict=True)]
    assert [one.status_code for one in said] == [201] * 60 + [429]
    assert zhang.put(paths[0], content=photos[0]).status_code == 200

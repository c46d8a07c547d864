"""Limits go by device and by place, count in the ledger, and never refuse what was received."""

import threading
from uuid import uuid4

import httpx
import pytest
from starlette.types import ASGIApp

from gridapp.api.app import api_app
from gridapp.api.front import Front
from gridapp.domain.errors import TooManyError
from gridapp.guard.limits import Allowance, Floodgate
from gridapp.services.desk import Actor, Desk
from tests.api.client import Client
from tests.api.conftest import SignIn, draw_photo, sha256
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import report

pytestmark = pytest.mark.both_databases


def send(client: Client, code: str, uid: object = None) -> httpx.Response:
    return client.put(f"/reports/{uid or uuid4()}", {"at": code, "text": "路灯不亮"})


def test_the_eleventh_report_of_a_device_has_to_wait(
    zhang: Client, cast: Cast, clock: Clock
) -> None:
    first = uuid4()
    send(zhang, cast.code1, first)
    clock.forward(minutes=4)
    assert [send(zhang, cast.code1).status_code for _ in range(9)] == [201] * 9
    refused = send(zhang, cast.code2)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "360")
    assert send(zhang, cast.code1, first).status_code == 200
    clock.forward(minutes=6)
    assert send(zhang, cast.code2).status_code == 201


def test_a_place_takes_so_many_from_all_devices_together(
    zhang: Client, desk: Desk, cast: Cast
) -> None:
    for _ in range(60):
        report(desk, cast)
    assert send(zhang, cast.code1).json()["code"] == "too_many"
    assert send(zhang, cast.code2).status_code == 201


def test_staff_hands_in_a_whole_day_at_once(sign_in: SignIn, cast: Cast) -> None:
    li = sign_in("li")
    assert [send(li, cast.code1).status_code for _ in range(12)] == [201] * 12


def test_two_devices_behind_one_address_do_not_hinder_each_other(
    app: ASGIApp, zhang: Client, cast: Cast
) -> None:
    assert [send(zhang, cast.code1).status_code for _ in range(11)][-1] == 429
    neighbour = Client(app, "another-phone")
    assert send(neighbour, cast.code1).status_code == 201
    neighbour.close()


def test_without_a_device_an_address_has_a_loose_limit(app: Front, cast: Cast) -> None:
    nameless = Client(app, device="")
    app.api.state.gates.address_reports = Floodgate(Allowance(2))
    assert [send(nameless, cast.code1).status_code for _ in range(3)] == [201, 201, 429]
    nameless.close()


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
    assert sorted(said) == [201] * 5 + [429] * 3


def test_the_sixty_first_photo_of_a_device_has_to_wait(zhang: Client, cast: Cast) -> None:
    photos = [draw_photo(f"lamp {number}") for number in range(61)]
    paths = [f"/photos/{sha256(photo)}?at={cast.code1}" for photo in photos]
    said = [zhang.put(p, content=body) for p, body in zip(paths, photos, strict=True)]
    assert [one.status_code for one in said] == [201] * 60 + [429]
    assert zhang.put(paths[0], content=photos[0]).status_code == 200


def test_a_gate_fills_again_and_forgets_the_oldest_key() -> None:
    now = [0.0]
    gate = Floodgate(Allowance(1, window_s=10), most_keys=2, stopwatch=lambda: now[0])
    gate.hold("a")
    with pytest.raises(TooManyError) as refusal:
        gate.hold("a")
    assert refusal.value.facts == {"retry_after_s": 10}
    now[0] = 10.0
    for key in ("a", "b", "c", "a"):
        gate.hold(key)

"""A hot place asks each further report for a piece of work; whoever has done it is let in."""

from uuid import UUID, uuid4

import httpx
import pytest

from gridapp.services.desk import Desk
from gridapp.services.limits import LIMITS
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.cast import Cast
from tests.clock import Clock
from tests.domain.test_proof import solve
from tests.makers import report


@pytest.fixture
def hot(desk: Desk, cast: Cast) -> str:
    """The code of a building from which so many have reported that one more has to work."""
    for _ in range(LIMITS.place_calm_count):
        report(desk, cast)
    return cast.code1


def send(client: Client, code: str, uid: UUID, proof: str = "") -> httpx.Response:
    headers = {"x-grid-proof": proof} if proof else {}
    return client.put(f"/reports/{uid}", {"at": code, "text": "路灯不亮"}, headers=headers)


def test_a_calm_place_asks_for_nothing(zhang: Client, desk: Desk, cast: Cast) -> None:
    for _ in range(LIMITS.place_calm_count - 1):
        report(desk, cast)
    assert send(zhang, cast.code1, uuid4()).status_code == 201


def test_a_hot_place_asks_for_work_and_takes_the_report_with_it(zhang: Client, hot: str) -> None:
    uid = uuid4()
    asked = send(zhang, hot, uid)
    assert (asked.status_code, asked.json()["code"]) == (428, "proof.needed")
    assert int(asked.headers["retry-after"]) > 0
    done = send(zhang, hot, uid, solve(asked.json()["challenge"]))
    assert (done.status_code, done.json()["receipt"]) == (201, str(uid))


def test_work_is_good_for_one_report(zhang: Client, hot: str) -> None:
    uid = uuid4()
    proof = solve(send(zhang, hot, uid).json()["challenge"])
    assert send(zhang, hot, uid, proof).status_code == 201
    assert send(zhang, hot, uuid4(), proof).status_code == 428
    assert send(zhang, hot, uid, proof).status_code == 200  # the receipt again
    assert send(zhang, hot, uid).status_code == 200  # and without any work


def test_work_that_comes_too_late_is_asked_for_anew(
    zhang: Client, desk: Desk, cast: Cast, hot: str, clock: Clock
) -> None:
    uid = uuid4()
    proof = solve(send(zhang, hot, uid).json()["challenge"])
    clock.forward(minutes=11)
    assert send(zhang, hot, uid).status_code == 201  # the place has cooled down
    for _ in range(LIMITS.place_calm_count):
        report(desk, cast)
    assert send(zhang, hot, uuid4(), proof).status_code == 428


def test_staff_and_other_places_are_asked_for_nothing(
    sign_in: SignIn, zhang: Client, cast: Cast, hot: str
) -> None:
    assert send(sign_in("li"), hot, uuid4()).status_code == 201
    assert send(zhang, cast.code2, uuid4()).status_code == 201


def test_the_hotter_the_harder_and_too_hot_is_refused(
    zhang: Client, desk: Desk, cast: Cast, hot: str
) -> None:
    def bits() -> int:
        return int(send(zhang, hot, uuid4()).json()["challenge"].split(".")[0])

    easy = bits()
    for _ in range(20):
        report(desk, cast)
    assert bits() == easy + 2
    for _ in range(10):
        report(desk, cast)
    assert send(zhang, hot, uuid4()).json()["code"] == "too_many"


@pytest.mark.parametrize("proof", ["x", "13.99999999999.deadbeef:1", "a" * 5_000, "13..:"])
def test_a_made_up_proof_is_refused_like_none(zhang: Client, hot: str, proof: str) -> None:
    assert send(zhang, hot, uuid4(), proof).status_code == 428

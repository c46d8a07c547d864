"""A hot place refuses nobody: a report is set aside, and with the work done it is let in."""

from typing import Any
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


def send(client: Client, code: str, uid: UUID, proof: str = "", **more: Any) -> httpx.Response:
    headers = {"x-grid-proof": proof} if proof else {}
    facts = {"at": code, "text": "路灯不亮"} | more
    return client.put(f"/reports/{uid}", facts, headers=headers)


def is_listed(wang: Client, answer: httpx.Response, **asked: str) -> bool:
    """Tell whether what was reported stands in a list of the desk."""
    found = wang.get("/cases", params={"limit": "50", **asked}).json()["items"]
    return answer.json()["no"] in {card["no"] for card in found}


def test_a_calm_place_asks_for_nothing(zhang: Client, wang: Client, desk: Desk, cast: Cast) -> None:
    for _ in range(LIMITS.place_calm_count - 1):
        report(desk, cast)
    sent = send(zhang, cast.code1, uuid4())
    assert (sent.status_code, is_listed(wang, sent)) == (201, True)
    assert "challenge" not in sent.json()


def test_a_hot_place_keeps_a_report_aside_and_lets_it_in_for_work(
    zhang: Client, wang: Client, hot: str
) -> None:
    uid = uuid4()
    kept = send(zhang, hot, uid)
    assert (kept.status_code, kept.json()["receipt"]) == (201, str(uid))
    assert [is_listed(wang, kept), is_listed(wang, kept, aside="true")] == [False, True]
    again = send(zhang, hot, uid, solve(kept.json()["challenge"]))
    assert again.json() == {k: v for k, v in kept.json().items() if k != "challenge"}
    assert [is_listed(wang, kept), is_listed(wang, kept, aside="true")] == [True, False]


def test_work_is_good_for_one_report(zhang: Client, wang: Client, hot: str) -> None:
    uid = uuid4()
    proof = solve(send(zhang, hot, uid).json()["challenge"])
    other = send(zhang, hot, uuid4(), proof)
    assert (other.status_code, is_listed(wang, other)) == (201, False)
    assert send(zhang, hot, uid, proof).status_code == 200
    assert send(zhang, hot, uid).status_code == 200  # the receipt again, without any work


def test_work_that_comes_too_late_leaves_the_report_aside(
    zhang: Client, wang: Client, hot: str, clock: Clock
) -> None:
    uid = uuid4()
    kept = send(zhang, hot, uid)
    proof = solve(kept.json()["challenge"])
    clock.forward(minutes=11)
    assert send(zhang, hot, uid, proof).status_code == 200
    assert not is_listed(wang, kept)


@pytest.mark.parametrize("told", [{"category": "fire_lane"}, {"text": "楼道里有煤气味"}])
def test_danger_goes_to_the_inbox_however_hot_it_is(
    zhang: Client, wang: Client, desk: Desk, cast: Cast, told: dict[str, str]
) -> None:
    for _ in range(LIMITS.place_full_count):
        report(desk, cast)
    sent = send(zhang, cast.code1, uuid4(), **told)
    assert (sent.status_code, is_listed(wang, sent)) == (201, True)


def test_staff_and_other_places_are_never_aside(
    sign_in: SignIn, zhang: Client, wang: Client, cast: Cast, hot: str
) -> None:
    assert is_listed(wang, send(sign_in("li"), hot, uuid4()))
    assert is_listed(wang, send(zhang, cast.code2, uuid4()))


def test_the_hotter_the_harder_and_when_full_work_helps_no_more(
    zhang: Client, desk: Desk, cast: Cast, hot: str
) -> None:
    def bits() -> int:
        return int(send(zhang, hot, uuid4()).json().get("challenge", "0.").split(".")[0])

    easy = bits()
    for _ in range(20):
        report(desk, cast)
    assert bits() == easy + 4
    for _ in range(10):
        report(desk, cast)
    assert bits() == 0


@pytest.mark.parametrize("proof", ["x", "18.99999999999.deadbeef:1", "a" * 5_000, "18..:"])
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_made_up_proof_is_none(zhang: Client, wang: Client, hot: str, proof: str) -> None:
    uid = uuid4()
    assert not is_listed(wang, send(zhang, hot, uid))
    assert not is_listed(wang, send(zhang, hot, uid, proof))

"""A notice goes from the deed to the browser: promised, encrypted, delivered, or given up."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import http_ece
import pytest
from sqlmodel import select

from gridapp.adapters.push import WebPush
from gridapp.domain.errors import FactsError, NotThereError, OtherContentError
from gridapp.domain.vocabulary import Deed
from gridapp.jobs.deliver import deliver
from gridapp.services.cases.report import Reported
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.messages.keys import base64url, public_key_of
from gridapp.services.messages.subscriptions import SubscribeFacts, subscribe, unsubscribe
from gridapp.tables import OutboxMessage, PushSubscription
from tests.adapters.test_push import AUTH, BROWSER, HOUSE
from tests.cast import Cast
from tests.gateway import Gateway, a_gateway
from tests.jobs.test_deliver import Carrier
from tests.makers import do, report


@pytest.fixture
def service() -> Iterator[Gateway]:
    """A push service on this machine."""
    with a_gateway() as gateway:
        yield gateway


def facts_for(service: Gateway, name: str = "phone", **more: str) -> SubscribeFacts:
    keys = {"p256dh": public_key_of(BROWSER), "auth": base64url(AUTH)}
    return SubscribeFacts(**({"endpoint": f"{service.url}/push/{name}"} | keys | more))


def join(desk: Desk, case: Reported, facts: SubscribeFacts, host: str, uid: UUID) -> bool:
    with desk.acting(Actor(track=case.track)) as act:
        return subscribe(act, uid, facts, (host,))[1]


def send(desk: Desk, service: Gateway) -> int:
    return deliver(desk, Carrier(), WebPush(HOUSE, "mailto:a@b.cn", (service.host,)))


def subscribed(desk: Desk) -> list[str]:
    with desk.looking(RESIDENT) as act:
        return [
            row.endpoint.rpartition("/")[2] for row in act.session.exec(select(PushSubscription))
        ]


def test_a_subscribed_browser_is_told_of_each_turn(
    desk: Desk, cast: Cast, service: Gateway
) -> None:
    case = report(desk, cast)
    join(desk, case, facts_for(service), service.host, uuid4())
    do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words="不属于本街道")
    assert (send(desk, service), send(desk, service)) == (1, 0)
    [came] = service.came
    told = http_ece.decrypt(came.body, private_key=BROWSER, auth_secret=AUTH, version="aes128gcm")
    notice = json.loads(told)
    assert notice["body"] == f"您上报的事（{case.no}）不予受理：不属于本街道"
    assert notice["url"] == f"/c/{case.track}"


def test_the_same_subscription_again_is_one_and_other_content_is_refused(
    desk: Desk, cast: Cast, service: Gateway
) -> None:
    case, uid = report(desk, cast), uuid4()
    said = [join(desk, case, facts_for(service), service.host, uid) for _ in range(2)]
    assert (said, subscribed(desk)) == ([True, False], ["phone"])
    with pytest.raises(OtherContentError):
        join(desk, case, facts_for(service, "other"), service.host, uid)
    with pytest.raises(OtherContentError):
        join(desk, report(desk, cast), facts_for(service), service.host, uid)


def test_the_same_browser_is_told_once_and_the_oldest_of_too_many_gives_way(
    desk: Desk, cast: Cast, service: Gateway
) -> None:
    case = report(desk, cast)
    for name in ("a", "b", "b", "c", "d"):
        join(desk, case, facts_for(service, name), service.host, uuid4())
    assert subscribed(desk) == ["b", "c", "d"]


def test_a_browser_that_is_gone_is_forgotten(desk: Desk, cast: Cast, service: Gateway) -> None:
    case = report(desk, cast)
    join(desk, case, facts_for(service), service.host, uuid4())
    do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words="不属于本街道")
    service.answers.append((410, ""))
    assert (send(desk, service), subscribed(desk)) == (0, [])
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(OutboxMessage.status)).all() == ["failed"]


def test_who_has_left_is_told_no_more_even_what_was_promised_before(
    desk: Desk, cast: Cast, service: Gateway
) -> None:
    case, uid = report(desk, cast), uuid4()
    join(desk, case, facts_for(service), service.host, uid)
    do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words="不属于本街道")
    for _ in range(2):
        with desk.acting(Actor(track=case.track)) as act:
            assert unsubscribe(act, uid) == {"receipt": str(uid)}
    assert (send(desk, service), service.came) == (0, [])


def test_nobody_leaves_for_another_case(desk: Desk, cast: Cast, service: Gateway) -> None:
    case, uid = report(desk, cast), uuid4()
    join(desk, case, facts_for(service), service.host, uid)
    with desk.acting(Actor(track=report(desk, cast).track)) as act:
        unsubscribe(act, uid)
    assert subscribed(desk) == ["phone"]
    with pytest.raises(NotThereError), desk.acting(Actor(track="made-up")) as act:
        unsubscribe(act, uid)


@pytest.mark.parametrize(
    "wrong",
    [{"endpoint": "http://169.254.169.254/latest"}, {"endpoint": "https://evil.example/x"},
     {"p256dh": "AAAA"}, {"p256dh": "nö"}, {"auth": "AAAA"}, {"auth": "***"}, {"auth": ""}],
)  # fmt: skip
def test_what_is_no_browser_is_refused(
    desk: Desk, cast: Cast, service: Gateway, wrong: dict[str, str]
) -> None:
    with pytest.raises(FactsError):
        join(desk, report(desk, cast), facts_for(service, **wrong), service.host, uuid4())

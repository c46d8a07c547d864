"""What need not be known any longer is forgotten; the matter stays."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from gridapp.domain.vocabulary import Deed, Status
from gridapp.jobs.forget import forget
from gridapp.services.desk import Actor, Desk
from gridapp.services.messages.keys import base64url, public_key_of
from gridapp.services.messages.subscriptions import SubscribeFacts, subscribe
from gridapp.services.people.actor import SYSTEM
from gridapp.services.photos.keep import keep_photo
from gridapp.tables import Block, Case, OutboxMessage, Photo, PushSubscription
from tests.adapters.test_push import AUTH, BROWSER
from tests.api.conftest import draw_photo, sha256
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import TOLD, a_case, do

pytestmark = pytest.mark.both_databases


def the_case(desk: Desk) -> Case:
    with desk.looking(SYSTEM) as act:
        found: Case = act.session.execute(select(Case)).scalar_one()
        act.session.expunge(found)
    return found


def test_a_reporter_is_forgotten_a_year_after_closing(desk: Desk, cast: Cast, clock: Clock) -> None:
    a_case(desk, cast, Status.CLOSED, phone="13812345678", name="张三")
    clock.forward(days=364)
    assert (forget(desk), the_case(desk).reporter_phone) == (0, "13812345678")
    clock.forward(days=2)
    assert (forget(desk), forget(desk)) == (1, 0)
    case = the_case(desk)
    assert (case.reporter_phone, case.reporter_name, case.text[:2]) == ("", "", "三号")
    with desk.looking(SYSTEM) as act:
        assert act.session.execute(select(func.count(OutboxMessage.id))).scalar_one() == 0  # type: ignore[arg-type]


def test_browsers_that_were_told_and_blocks_that_have_ended_go_with_it(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    do(desk, cast.actor("wang"), Deed.BLOCK, case.no, **TOLD[Deed.BLOCK])
    facts = SubscribeFacts(
        endpoint="http://127.0.0.1:9/push", p256dh=public_key_of(BROWSER), auth=base64url(AUTH)
    )
    with desk.acting(Actor(track=case.track)) as act:
        subscribe(act, uuid4(), facts, ("127.0.0.1:9",))
    left = []
    for days in (364, 32):
        clock.forward(days=days)
        forget(desk)
        with desk.looking(SYSTEM) as act:
            rows = [act.session.execute(select(t)).all() for t in (PushSubscription, Block)]
        left.append([len(found) for found in rows])
    assert left == [[1, 1], [0, 0]]


def test_an_open_case_keeps_its_reporter(desk: Desk, cast: Cast, clock: Clock) -> None:
    a_case(desk, cast, Status.TAKEN, phone="13812345678")
    clock.forward(days=800)
    forget(desk)
    assert the_case(desk).reporter_phone == "13812345678"


def test_a_photo_that_nobody_named_goes_after_a_day_with_its_files(
    desk: Desk, clock: Clock
) -> None:
    body = draw_photo("stray")
    with desk.acting(SYSTEM) as act:
        keep_photo(act, sha256(body), body, "23456789")
    clock.forward(hours=23)
    assert forget(desk) == 0
    clock.forward(hours=2)
    assert forget(desk) == 3  # the row, the picture and its thumbnail
    with desk.looking(SYSTEM) as act:
        assert act.session.execute(select(func.count(Photo.id))).scalar_one() == 0  # type: ignore[arg-type]

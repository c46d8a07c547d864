"""What was promised is delivered once; what cannot be is tried again, later and later."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from gridapp.adapters.carrier import CarrierError, RefusedError, UnreachableError
from gridapp.adapters.sms import NullSms
from gridapp.jobs.deliver import deliver
from gridapp.services.desk import Desk
from gridapp.services.outbox import SMS, TakenMessage, take_message
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import report

pytestmark = pytest.mark.both_databases

PHONE = "13812345678"


@dataclass
class Carrier:
    """A carrier that keeps what it was handed, or is out of order."""

    error: Exception | None = None
    carried: list[tuple[str, str]] = field(default_factory=list)
    keys: list[UUID] = field(default_factory=list)

    def send(self, phone: str, body: str, key: UUID) -> None:
        self.keys.append(key)
        if self.error:
            raise self.error
        self.carried.append((phone, body))


def messages(desk: Desk) -> list[OutboxMessage]:
    with desk.looking(SYSTEM) as act:
        found = list(act.session.execute(select(OutboxMessage)).scalars())
        act.session.expunge_all()
    return found


def message(desk: Desk) -> OutboxMessage:
    [one] = messages(desk)
    return one


def test_a_promise_is_delivered_once_with_its_link(desk: Desk, cast: Cast) -> None:
    case, carrier = report(desk, cast, phone=PHONE), Carrier()
    assert (deliver(desk, carrier), deliver(desk, carrier)) == (1, 0)
    [(phone, body)] = carrier.carried
    assert (phone, case.no in body) == (PHONE, True)
    assert body.endswith(f" 查看：http://127.0.0.1:3000/c/{case.track}")
    assert message(desk).status == "sent"


def test_a_failed_delivery_is_tried_again_later_and_later_under_one_key(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    report(desk, cast, phone=PHONE)
    broken, waits = Carrier(CarrierError("no signal")), []
    for _ in range(5):
        deliver(desk, broken)
        waits.append((message(desk).due_at - clock()) / timedelta(minutes=1))
        clock.moment = message(desk).due_at
    assert waits == [1, 5, 30, 120, 480]
    assert deliver(desk, Carrier()) == 1
    assert len(set(broken.keys)) == 1


def test_a_message_is_given_up_in_the_end(desk: Desk, cast: Cast, clock: Clock) -> None:
    report(desk, cast, phone=PHONE)
    for _ in range(6):
        deliver(desk, Carrier(CarrierError("no signal")))
        clock.forward(hours=9)
    assert (message(desk).status, message(desk).last_error) == ("failed", "no signal")
    assert deliver(desk, Carrier()) == 0


def test_a_message_that_is_refused_for_good_is_not_tried_again(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    report(desk, cast, phone=PHONE)
    deliver(desk, Carrier(RefusedError("HTTP 400")))
    clock.forward(hours=9)
    assert (message(desk).status, deliver(desk, Carrier())) == ("failed", 0)


def test_a_carrier_that_does_not_answer_is_asked_once_a_round(desk: Desk, cast: Cast) -> None:
    for number in range(3):
        report(desk, cast, phone=f"1381234567{number}")
    away = Carrier(UnreachableError("ConnectTimeout"))
    deliver(desk, away)
    assert len(away.keys) == 1
    assert sorted(one.attempt_count for one in messages(desk)) == [0, 0, 1]


def test_a_fault_of_ours_stops_no_other_message(desk: Desk, cast: Cast) -> None:
    for number in range(3):
        report(desk, cast, phone=f"1381234567{number}")
    faulty = Carrier(KeyError("a bug"))
    deliver(desk, faulty)
    assert len(faulty.keys) == 3
    assert {one.last_error for one in messages(desk)} == {"KeyError"}


def take(desk: Desk) -> TakenMessage | None:
    with desk.acting(SYSTEM) as act:
        return take_message(act, SMS)


def test_a_message_in_the_hands_of_one_job_is_not_taken_by_another(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    report(desk, cast, phone=PHONE)
    assert take(desk) is not None
    assert deliver(desk, Carrier()) == 0
    clock.forward(minutes=6)  # the job that took it has died
    assert deliver(desk, Carrier()) == 1


def test_the_carrier_that_is_none_logs_no_whole_phone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        NullSms().send(PHONE, "机密内容", UUID(int=1))
    assert "138****5678" in caplog.text
    assert "机密内容" not in caplog.text


def test_no_log_and_no_row_of_a_failure_holds_the_whole_phone(
    desk: Desk, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    report(desk, cast, phone=PHONE)
    with caplog.at_level(logging.DEBUG):
        deliver(desk, Carrier(ValueError(f"cannot dial {PHONE}")))
    assert PHONE not in message(desk).last_error

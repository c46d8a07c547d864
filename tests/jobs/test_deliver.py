"""What was promised is delivered once; what cannot be is tried again, later and later."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from gridapp.adapters.sms import NullSms, SmsError
from gridapp.jobs.deliver import deliver
from gridapp.services.desk import Desk
from gridapp.services.outbox import take_messages
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import report

PHONE = "13812345678"


@dataclass
class Carrier:
    """A carrier that keeps what it was handed, or is out of order."""

    is_broken: bool = False
    carried: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, body: str) -> None:
        if self.is_broken:
            raise SmsError("no signal")
        self.carried.append((phone, body))


def message(desk: Desk) -> OutboxMessage:
    with desk.looking(SYSTEM) as act:
        found: OutboxMessage = act.session.execute(select(OutboxMessage)).scalar_one()
        act.session.expunge(found)
    return found


def test_a_promise_is_delivered_once(desk: Desk, cast: Cast) -> None:
    no, carrier = report(desk, cast, phone=PHONE).no, Carrier()
    assert (deliver(desk, carrier), deliver(desk, carrier)) == (1, 0)
    assert carrier.carried == [(PHONE, f"您上报的事已收到，编号 {no}。")]
    assert message(desk).status == "sent"


def test_a_failed_delivery_is_tried_again_later_and_later(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    report(desk, cast, phone=PHONE)
    broken, waits = Carrier(is_broken=True), []
    for _ in range(5):
        deliver(desk, broken)
        waits.append((message(desk).due_at - clock()) / timedelta(minutes=1))
        clock.moment = message(desk).due_at
    assert waits == [1, 5, 30, 120, 480]
    assert deliver(desk, Carrier()) == 1


def test_a_message_is_given_up_in_the_end(desk: Desk, cast: Cast, clock: Clock) -> None:
    report(desk, cast, phone=PHONE)
    for _ in range(6):
        deliver(desk, Carrier(is_broken=True))
        clock.forward(hours=9)
    assert (message(desk).status, message(desk).last_error) == ("failed", "no signal")
    assert deliver(desk, Carrier()) == 0


def test_a_message_in_the_hands_of_one_job_is_not_taken_by_another(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    report(desk, cast, phone=PHONE)
    with desk.acting(SYSTEM) as act:
        assert len(take_messages(act)) == 1
    assert deliver(desk, Carrier()) == 0
    clock.forward(minutes=6)  # the job that took it has died
    assert deliver(desk, Carrier()) == 1


def test_the_carrier_that_is_none_logs_no_whole_phone(caplog: object, desk: Desk) -> None:
    import logging  # noqa: PLC0415 - only here

    assert desk
    with caplog.at_level(logging.INFO):  # type: ignore[attr-defined]
        NullSms().send(PHONE, "机密内容")
    assert "138****5678" in caplog.text  # type: ignore[attr-defined]
    assert "机密内容" not in caplog.text  # type: ignore[attr-defined]

"""Delivers what was promised: takes messages, hands them over, writes down how it went."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gridapp.adapters.carrier import AddressGoneError, CarrierError, RefusedError, UnreachableError
from gridapp.adapters.push import Notice, Push, push_carrier
from gridapp.adapters.sms import Sms, sms_carrier
from gridapp.domain.message_words import PUSH_TITLE, with_link
from gridapp.services.desk import Desk
from gridapp.services.messages.subscriptions import find_subscription, forget_subscription
from gridapp.services.outbox import (
    PUSH,
    SMS,
    TakenMessage,
    note_failed,
    note_sent,
    take_message,
)
from gridapp.services.people.actor import SYSTEM

_ROUND_MAX_COUNT: Final = 20

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Postman:
    """Hands messages of each channel to whoever carries them."""

    desk: Desk
    sms: Sms
    push: Push

    def send_sms(self, message: TakenMessage) -> None:
        settings = self.desk.settings
        body = with_link(message.body, self._link(message), settings.sms_signature)
        self.sms.send(message.address, body, message.key)

    def send_push(self, message: TakenMessage) -> None:
        with self.desk.looking(SYSTEM) as act:
            to = find_subscription(act, UUID(message.address))
        if to is None:
            raise RefusedError("unsubscribed meanwhile")
        notice = Notice(PUSH_TITLE, message.body, f"/c/{message.track}")
        try:
            self.push.send(to, notice, message.key)
        except AddressGoneError:
            with self.desk.acting(SYSTEM) as act:
                forget_subscription(act, UUID(message.address))
            raise

    def _link(self, message: TakenMessage) -> str:
        return f"{self.desk.settings.public_url}/c/{message.track}" if message.track else ""


def deliver(desk: Desk, sms: Sms | None = None, push: Push | None = None) -> int:
    """Deliver what is due; gives how many messages were handed over.

    Each is taken and committed before it is sent, so that no two jobs send it; a job that dies in
    between leaves it to be taken again after a while. It then goes out under the same key: once
    where the carrier knows keys, else rather twice than never.
    """
    postman = _Postman(desk, sms or sms_carrier(desk.settings), push or push_carrier(desk.settings))
    return _deliver(desk, SMS, postman.send_sms) + _deliver(desk, PUSH, postman.send_push)


def _deliver(desk: Desk, channel: str, send: Callable[[TakenMessage], None]) -> int:
    """Send one after the other; a carrier that does not answer is left alone until next time."""
    sent_count = 0
    for _ in range(_ROUND_MAX_COUNT):
        with desk.acting(SYSTEM) as act:
            message = take_message(act, channel)
        if message is None:
            break
        try:
            send(message)
        except CarrierError as error:
            with desk.acting(SYSTEM) as act:
                note_failed(act, message, str(error), is_final=isinstance(error, RefusedError))
            if isinstance(error, UnreachableError):
                break
        except Exception as error:
            # A fault of ours with one message must neither stop the others nor come for ever.
            logger.exception("message %s could not be handed over", message.key)
            with desk.acting(SYSTEM) as act:
                note_failed(act, message, type(error).__name__)
        else:
            with desk.acting(SYSTEM) as act:
                note_sent(act, message)
            sent_count += 1
    return sent_count

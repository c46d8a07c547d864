"""Delivers what was promised: takes messages, hands them over, writes down how it went."""

from gridapp.adapters.sms import NullSms, Sms, SmsError
from gridapp.services.desk import Desk
from gridapp.services.outbox import TakenMessage, note_failed, note_sent, take_messages
from gridapp.services.people.actor import SYSTEM


def deliver(desk: Desk, sms: Sms | None = None) -> int:
    """Deliver what is due; gives how many messages were handed over.

    Taken and committed before it is sent, so that no two jobs send it; a job that dies in between
    leaves it to be taken again after a while, and then it may arrive twice rather than never.
    """
    carrier = sms or NullSms()
    with desk.acting(SYSTEM) as act:
        taken = take_messages(act)
    return sum(_send(desk, carrier, message) for message in taken)


def _send(desk: Desk, carrier: Sms, message: TakenMessage) -> bool:
    try:
        carrier.send(message.address, message.body)
    except SmsError as error:
        with desk.acting(SYSTEM) as act:
            note_failed(act, message, str(error))
        return False
    with desk.acting(SYSTEM) as act:
        note_sent(act, message)
    return True

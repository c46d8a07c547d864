"""Tells the reporter what has become of a case: promised here, delivered later by a job."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.codes import case_no
from gridapp.domain.message_words import message_words, outcome_words
from gridapp.domain.telling import PHONE_DAY_MAX_COUNT, TOLD, Occasion, is_told, most_before
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import BEIJING, beijing_date
from gridapp.services.desk import Act
from gridapp.services.messages.texts import text_for
from gridapp.services.outbox import PUSH, SMS, promise_push, promise_sms
from gridapp.tables import Case, OutboxMessage, PushSubscription

_A_DAY: Final = timedelta(days=1)


def tell_reported(act: Act, said: Mapping[str, Any], case_id: int) -> None:
    """Tell the reporter of a new case its number and by when there is an answer.

    Args:
        act: The transaction of the report.
        said: The columns of the new case.
        case_id: Its row.
    """
    phone = said["reporter_phone"]
    if not phone or said["is_held"] or not _phone_has_room(act, phone):
        return
    no = case_no(case_id, beijing_date(said["reported_at"]))
    text = text_for(act, Occasion.RECEIVED)
    body = message_words(Occasion.RECEIVED, text, no=no, due=_by(said["due_at"]))
    promise_sms(act, phone, body, case_id=case_id, track=said["track"])


def tell_received(act: Act, row: Case) -> None:
    """Tell the reporter of a case that was set aside and is now let in, as of any new one.

    Not once it has been told: let in, set aside again and let in, it was received once.
    """
    assert row.id is not None
    if row.is_quiet or _count(act, row.id, SMS, row.reporter_phone):
        return
    columns = ("reporter_phone", "is_held", "due_at", "track", "reported_at")
    tell_reported(act, {name: getattr(row, name) for name in columns}, row.id)


def tell_reporter(
    act: Act, row: Case, deed: Deed, *, words: str = "", facts: Mapping[str, Any]
) -> None:
    """Tell the reporter of a deed on a case, if it is one that is told.

    A case that is held back is told to nobody: its phone may be somebody else's.

    Args:
        act: The transaction of the deed.
        row: The case, moved already.
        deed: What was done.
        words: The words of the step, where the reporter may read them.
        facts: The facts of the step.
    """
    if row.is_held or not is_told(deed, dispatch_count=row.dispatch_count):
        return
    assert row.id is not None
    occasion = TOLD[deed]
    body = _words_of(act, row, occasion, words, facts)
    if row.reporter_phone and not row.is_quiet and _may_still_tell(act, row, occasion):
        promise_sms(act, row.reporter_phone, body, case_id=row.id, track=row.track)
    subscribed = select(col(PushSubscription.uid)).where(col(PushSubscription.case_id) == row.id)
    for uid in act.session.execute(subscribed).scalars():
        if _count(act, row.id, PUSH, str(uid)) < most_before(occasion):
            promise_push(act, uid, body, case_id=row.id, track=row.track)


def _words_of(act: Act, row: Case, occasion: Occasion, words: str, facts: Mapping[str, Any]) -> str:
    assert row.id is not None
    resume = f"{_moment(row.resume_at)}" if row.resume_at else ""
    return message_words(
        occasion,
        text_for(act, occasion),
        no=case_no(row.id, beijing_date(row.reported_at)),
        due=_by(row.due_at),
        reply=row.reply,
        outcome=outcome_words(row.outcome),
        words=words,
        resume=resume,
        into=str(facts.get("into", "")),
    )


def _moment(moment: datetime) -> str:
    """Say a moment by its date: a message may be read on another day than it was written."""
    here = moment.astimezone(BEIJING)
    return f"{here.month}月{here.day}日{here:%H:%M}"


def _by(due_at: datetime) -> str:
    return f"{_moment(due_at)}前"


def _may_still_tell(act: Act, row: Case, occasion: Occasion) -> bool:
    assert row.id is not None
    told = _count(act, row.id, SMS, row.reporter_phone)
    return told < most_before(occasion) and _phone_has_room(act, row.reporter_phone)


def _count(act: Act, case_id: int, channel: str, address: str) -> int:
    count: int = act.session.execute(
        select(func.count()).where(
            col(OutboxMessage.case_id) == case_id,
            col(OutboxMessage.channel) == channel,
            col(OutboxMessage.address) == address,
        )
    ).scalar_one()
    return count


def _phone_has_room(act: Act, phone: str) -> bool:
    count: int = act.session.execute(
        select(func.count()).where(
            col(OutboxMessage.address) == phone, col(OutboxMessage.made_at) > act.now - _A_DAY
        )
    ).scalar_one()
    return count < PHONE_DAY_MAX_COUNT

"""Resets lost passwords: at once for a plain worker, by two people for who holds power (两人规则).

Whoever resets a password and reads it could sign in as its holder. So of somebody who holds a
separate duty or reads many residents' data the security administrator asks, for a reason, and an
administrator confirms, as it is the other way round with posts (``requests``);
each is shown one half of the one-time password and tells it to the holder. Nobody but the holder
ever has both. A first password is a reset like any other: a made-up colleague signs in nowhere.

Passwords are given outside the door for deeds: its kept receipts would hold them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import exists, or_, select
from sqlmodel import col

from gridapp.domain.errors import (
    ConfirmationNeededError,
    ConflictError,
    FactsError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.message_words import reset_words
from gridapp.domain.separation import is_powerful
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, clean_text
from gridapp.services.outbox import promise_sms
from gridapp.services.people.locks import lift_locks
from gridapp.services.people.passwords import HASHER, draw_half, draw_password, keep
from gridapp.services.people.register import NeededWhy
from gridapp.services.people.sessions import end_sessions
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.verbs import verb
from gridapp.tables import Grid, PasswordReset, Person, Post

ASKED_FOR: Final = timedelta(days=7)
# Whoever had a hand in a reset confirms nothing that its holder asks for meanwhile.
SHADOW: Final = timedelta(days=30)

_LEAST_REASON_CHARACTERS: Final = 2
_REASON_CHARACTERS: Final = 200
_ASK: Final = "password.ask"
_NO_SECOND: Final = (
    "没有另一位管理员能来确认。请系统维护人员在服务器上执行gridapp person reset，密码当面交给本人。"
)
_TWO: Final = "这个人是管理员，或能看到较多居民信息：要另一位管理员确认才能重置密码。"


class RefuseResetFacts(Facts):
    """Why the password is not reset."""

    words: NeededWhy


@dataclass(frozen=True)
class OneTime:
    """What is shown once to who resets: the whole password, or one half of it.

    Args:
        password: The words to tell the holder.
        half: 0 for the whole, 1 for the first half, 2 for the second.
    """

    password: str
    half: int = 0


def ask_or_reset(act: Act, person_id: int, reason: str, hasher: PasswordHasher = HASHER) -> OneTime:
    """Reset a plain worker's password, or ask for a powerful person's to be reset.

    Raises:
        FactsError: No reason is given.
        ConfirmationNeededError: There is no second person who could confirm.
        GridappError: As ``reset_password``.
    """
    if sum(map(str.isalnum, reason)) < _LEAST_REASON_CHARACTERS:  # invisible signs are no reason
        raise FactsError("请写明原因。", fields={"words": "请写明原因。"})
    if needs_two(act, person_id):
        return OneTime(_ask(act, person_id, _cut(reason)), half=1)
    return OneTime(reset_password(act, person_id, reason, hasher))


def reset_password(
    act: Act, person_id: int, reason: str = "", hasher: PasswordHasher = HASHER
) -> str:
    """Give a person a one-time password, to be changed at once; it is shown this once only.

    Ends all their sessions and the lock. The operator at the shell is bound by no second person.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role, or it is one's own password.
        NotThereError: No such person, or a disabled one.
        ConfirmationNeededError: It takes two people.
    """
    person = _open_other(act, person_id, Deed.RESET_PASSWORD)
    if act.actor.person_id is not None and needs_two(act, person_id):
        raise ConfirmationNeededError(_TWO)
    password = draw_password()
    row = _row(act, person_id, _cut(reason))
    row.decided_at, row.is_done = act.now, True
    _give(act, person, row, password, hasher)
    write_audit(act, Deed.RESET_PASSWORD, f"person:{person_id}", row.reason)
    return password


def confirm_reset(
    act: Act, request_id: int, version: int | None = None, hasher: PasswordHasher = HASHER
) -> OneTime:
    """Confirm a reset that somebody else asked for; gives the second half of the password.

    Raises:
        NotAllowedError: Not for this role; asked for by oneself; one's own; or by who was reset
            with one's own hand lately.
        NotThereError: No such request, or the person is disabled by now.
        ConflictError: It is decided already, or too old.
    """
    demand(act, Deed.CONFIRM_RESET)
    row = _open(act, request_id)
    demand_version(Order(Deed.CONFIRM_RESET, str(request_id), {}, version), row.version)
    demand_no_hand_in(act, row.asked_by_id, row.asked_at)
    person = _enabled(act, row.person_id)
    second = draw_half()
    row.is_done = True
    _give(act, person, row, f"{row.first_half}-{second}", hasher)
    _decide(act, row, "")
    write_audit(
        act, Deed.CONFIRM_RESET, f"person:{row.person_id}", row.reason,
        request_id=row.id, asked_by=row.asked_by_id,
    )  # fmt: skip
    return OneTime(second, half=2)


@verb(Deed.REFUSE_RESET, RefuseResetFacts)
def refuse_reset(act: Act, order: Order, facts: RefuseResetFacts) -> dict[str, Any]:
    """Refuse a reset for a reason; the old password stays good.

    Raises:
        NotAllowedError: Not for this role, or asked for by oneself, or one's own.
        NotThereError: No such request.
        ConflictError: It is decided already.
    """
    demand(act, Deed.REFUSE_RESET)
    row = _open(act, id_of(order.subject))
    demand_version(order, row.version)
    _decide(act, row, facts.words.strip())
    write_audit(
        act, Deed.REFUSE_RESET, f"person:{row.person_id}", facts.words,
        request_id=row.id, asked_by=row.asked_by_id,
    )  # fmt: skip
    return {"receipt": str(order.uid), "request": row.id, "version": row.version}


def needs_two(act: Act, person_id: int) -> bool:
    """Tell whether a person's password takes two people: by the posts of today and days ahead."""
    today = beijing_date(act.now)
    held = act.session.execute(
        select(col(Post.role), col(Grid.level))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(col(Post.person_id) == person_id)
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) >= today))
    )
    return any(is_powerful(role, level) for role, level in held)


def demand_no_hand_in(act: Act, asker_id: int | None, asked_at: Any) -> None:
    """Refuse to confirm what somebody asks for whose password one has helped to reset lately.

    Raises:
        NotAllowedError: So it is: the asker could be oneself.
    """
    me = act.actor.person_id
    if me is None or asker_id is None:
        return
    helped = exists().where(
        col(PasswordReset.person_id) == asker_id,
        col(PasswordReset.is_done),
        or_(col(PasswordReset.asked_by_id) == me, col(PasswordReset.decided_by_id) == me),
        col(PasswordReset.decided_at) <= asked_at,
        col(PasswordReset.decided_at) > asked_at - SHADOW,
    )
    if act.session.execute(select(helped)).scalar():
        raise NotAllowedError(
            f"申请人的密码是您最近{SHADOW.days}天参与重置的，这件事要由另一位管理员确认。"
        )


def _ask(act: Act, person_id: int, reason: str) -> str:
    person = _open_other(act, person_id, Deed.RESET_PASSWORD)
    if not _has_second(act, person_id):
        raise ConfirmationNeededError(_NO_SECOND)
    waiting = select(PasswordReset).where(
        col(PasswordReset.person_id) == person_id, col(PasswordReset.decided_at).is_(None)
    )
    for older in act.session.execute(waiting.with_for_update()).scalars():
        _decide(act, older, "重新申请")
    row = _row(act, person_id, reason)
    row.first_half = draw_half()
    _tell(act, person, row, is_done=False)
    write_audit(act, _ASK, f"person:{person_id}", reason, request_id=row.id)
    return row.first_half


def _has_second(act: Act, person_id: int) -> bool:
    """Tell whether an administrator who is neither of these two may confirm today."""
    today = beijing_date(act.now)
    others = (
        select(col(Post.id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Post.role) == Role.ADMINISTRATOR)
        .where(col(Post.person_id).not_in([person_id, act.actor.person_id]))
        .where(col(Person.disabled_at).is_(None), col(Post.from_on) <= today)
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) >= today))
    )
    return act.session.execute(others.limit(1)).first() is not None


def _open(act: Act, request_id: int) -> PasswordReset:
    found = select(PasswordReset).where(col(PasswordReset.id) == request_id).with_for_update()
    row: PasswordReset | None = act.session.execute(
        found.execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    if row.decided_at is not None:
        raise ConflictError("这件申请已经有人处理过。", current={"version": row.version})
    if row.asked_at < act.now - ASKED_FOR:
        raise ConflictError(f"这件申请已过{ASKED_FOR.days}天，请重新申请。")
    if act.actor.person_id in {row.asked_by_id, row.person_id}:
        raise NotAllowedError("自己申请的、或自己的密码，要由另一位管理员确认。")
    return row


def _open_other(act: Act, person_id: int, deed: Deed) -> Person:
    demand(act, deed)
    if act.actor.person_id == person_id:
        raise NotAllowedError("自己的密码请用“修改密码”来改。")
    return _enabled(act, person_id)


def _enabled(act: Act, person_id: int) -> Person:
    person = act.session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        raise NotThereError
    return person


def _row(act: Act, person_id: int, reason: str) -> PasswordReset:
    row = PasswordReset(
        uid=uuid4(),
        person_id=person_id,
        reason=reason,
        asked_by_id=act.actor.person_id,
        asked_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    return row


def _decide(act: Act, row: PasswordReset, words: str) -> None:
    row.decided_by_id = act.actor.person_id
    row.decided_at = act.now
    row.words = words
    row.first_half = ""
    row.version += 1


def _give(
    act: Act, person: Person, row: PasswordReset, password: str, hasher: PasswordHasher
) -> None:
    person.password_hash = keep(password, hasher)
    person.must_change_password = True
    lift_locks(act, row.person_id)
    end_sessions(act, row.person_id)
    _tell(act, person, row, is_done=True)


def _tell(act: Act, person: Person, row: PasswordReset, *, is_done: bool) -> None:
    """Promise the holder a message; the password is never in it, for others may read the phone."""
    promise_sms(act, person.phone, reset_words(row.reason, is_done=is_done), case_id=None)


def _cut(reason: str) -> str:
    return " ".join(clean_text(reason).split())[:_REASON_CHARACTERS]

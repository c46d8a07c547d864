"""Changes one's own password; a lost one is reset by ``resets``."""

from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from sqlmodel import Session

from gridapp.domain.errors import (
    FactsError,
    GridappError,
    LockedError,
    NotThereError,
    SignInNeededError,
    WeakPasswordError,
)
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act, Actor, Desk
from gridapp.services.people.locks import (
    Attempt,
    attempt_key,
    count_failure,
    lift_locks,
    refusal_while_locked,
)
from gridapp.services.people.passwords import HASHER, check_password, keep, matches
from gridapp.services.people.sessions import end_sessions
from gridapp.services.people.sign_in import lock_person
from gridapp.services.people.weighing import ROOM
from gridapp.tables import Person

WRONG_OLD: Final = "当前密码不对。"


@dataclass(frozen=True)
class PasswordChange:
    """The present password, the wished one, and the token of the session that goes on."""

    old: str
    new: str
    kept_token: str = ""


@dataclass(frozen=True)
class Weighed:
    """What was found out before the transaction: the kept hash, the new one, the old one's fit."""

    kept: str
    hashed: str
    is_right: bool


def change_password(
    desk: Desk, actor: Actor, change: PasswordChange, hasher: PasswordHasher = HASHER
) -> None:
    """Change the actor's own password; ends their other sessions.

    Like ``sign_in`` it weighs between two transactions, and a wrong old password counts as a
    failure: whoever finds an open screen cannot try passwords there without end.

    Raises:
        SignInNeededError: Nobody is signed in.
        FactsError: The present password is wrong.
        LockedError: It was wrong five times in a row.
        WeakPasswordError: The new one breaks the rules, or is the present one.
    """
    if actor.person_id is None:
        raise SignInNeededError
    with desk.looking(actor) as act:
        person = _one(act.session, actor.person_id)
        login, phone, kept = person.login, person.phone, person.password_hash
    check_password(change.new, login, phone)
    with ROOM.turn(is_known_device=True):
        is_right = matches(kept, change.old, hasher)
        hashed = keep(change.new, hasher)
        is_same = is_right and matches(kept, change.new, hasher)
    if is_same:
        raise WeakPasswordError("新密码不能与当前密码相同。")
    with desk.acting(actor) as act:
        weighed = Weighed(kept, hashed, is_right)
        refusal = _change(act, actor.person_id, weighed, change.kept_token)
    if refusal is not None:
        raise refusal


def _one(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        raise NotThereError
    return person


def _change(act: Act, person_id: int, weighed: Weighed, kept_token: str) -> GridappError | None:
    person = lock_person(act.session, person_id)
    # Counted by itself: what happens at an open screen is no try to sign in elsewhere.
    key = attempt_key(act.secret, f"own password of {person_id}", "")
    locked = refusal_while_locked(act, key)
    if locked is not None:
        return locked
    # A reset that came since the old password was weighed stands.
    if not weighed.is_right or person.password_hash != weighed.kept:
        refusal = count_failure(act, Attempt(key, person_id, is_known_device=True))
        is_locked = isinstance(refusal, LockedError)
        # Not a refused sign-in: the session is good, only this field is wrong.
        return refusal if is_locked else FactsError(WRONG_OLD, fields={"old": WRONG_OLD})
    lift_locks(act, person_id)
    person.password_hash, person.must_change_password = weighed.hashed, False
    end_sessions(act, person_id, keep=kept_token)
    write_audit(act, "person.change_password", f"person:{person_id}")
    return None

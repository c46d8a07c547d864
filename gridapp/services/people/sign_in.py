"""Signs a person in; counts what fails, and locks after five failures in a row."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from argon2 import PasswordHasher
from sqlmodel import Session, col, select

from gridapp.domain.errors import GridappError, LockedError, SignInRefusedError
from gridapp.services.audit import write_audit
from gridapp.services.desk import RESIDENT, Act, Actor, Desk
from gridapp.services.orders import clean_text
from gridapp.services.people.actor import actor_of
from gridapp.services.people.passwords import HASHER, matches
from gridapp.services.people.sessions import begin_session, identify, sign_out
from gridapp.tables import Person

FAILURES_TO_LOCK: Final = 5
LOCKED_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True)
class SignedIn:
    """A new session: the token for the cookie, and who holds it."""

    token: str
    actor: Actor


def sign_in(  # noqa: PLR0913, PLR0917 - who, by what, with what, instead of whom
    desk: Desk,
    login: str,
    password: str,
    agent: str = "",
    hasher: PasswordHasher = HASHER,
    former: str | None = None,
) -> SignedIn:
    """Sign a person in by login or phone; ends the session that the same browser had before.

    ``former`` is the token of the browser's cookie: the new one takes its place, and whoever holds
    a copy of the old one holds nothing.

    The password is weighed between two transactions, because argon2 is slow and must not keep
    SQLite's writers waiting. The second one counts and commits the failure before it is raised.

    Raises:
        SignInRefusedError: Login or password is wrong, or the person is disabled.
        LockedError: Five failures in a row, less than 30 minutes ago; the password is not told
            right from wrong meanwhile.
    """
    with desk.looking(RESIDENT) as act:
        person = _find(act.session, login)
        person_id, kept = (person.id, person.password_hash) if person else (None, "")
    is_right = matches(kept, password, hasher)
    with desk.acting(RESIDENT) as act:
        outcome = _answer(act, person_id, kept, agent, is_right=is_right)
    if isinstance(outcome, GridappError):
        raise outcome
    if former:
        _end_former(desk, former)
    return outcome


def _end_former(desk: Desk, token: str) -> None:
    holder = identify(desk, token)
    if holder is not None:
        with desk.acting(holder) as act:
            sign_out(act, token)


def _find(session: Session, login: str) -> Person | None:
    """Find whom a login or a phone means; a phone that two people share means nobody."""
    typed = unicodedata.normalize("NFKC", clean_text(login)).strip().lower()
    enabled = select(Person).where(col(Person.disabled_at).is_(None))
    by_login = session.exec(enabled.where(Person.login == typed)).first()
    if by_login is not None or not typed:
        return by_login
    by_phone = session.exec(enabled.where(Person.phone == typed).limit(2)).all()
    return by_phone[0] if len(by_phone) == 1 else None


def _answer(
    act: Act, person_id: int | None, kept: str, agent: str, *, is_right: bool
) -> SignedIn | GridappError:
    """Write down how it went, and give the session or the refusal."""
    if person_id is None:
        write_audit(act, "session.failed")
        return SignInRefusedError()
    person = lock_person(act.session, person_id)
    refusal = refusal_while_locked(act, person)
    if refusal is not None:
        return refusal
    # The password was changed, or the person disabled, since it was weighed.
    is_stale = person.password_hash != kept or person.disabled_at is not None
    if not is_right or is_stale:
        return count_failure(act, person)
    return _begin(act, person, agent)


def _begin(act: Act, person: Person, agent: str) -> SignedIn | GridappError:
    assert person.id is not None
    person.failed_count = 0
    person.locked_until = None
    actor = actor_of(act.session, person.id, act.now)
    if actor is None:
        return SignInRefusedError()
    token = begin_session(act, person.id, agent)
    write_audit(replace(act, actor=actor), "session.sign_in", f"person:{person.id}")
    return SignedIn(token, actor)


def lock_person(session: Session, person_id: int) -> Person:
    """Give a person's row and keep others from it, so that no failure is lost in a race."""
    # On SQLite the writer has the whole database already; there FOR UPDATE is left out.
    return session.exec(select(Person).where(Person.id == person_id).with_for_update()).one()


def refusal_while_locked(act: Act, person: Person) -> LockedError | None:
    """Give the refusal while the lock lasts; failures meanwhile do not lengthen it."""
    if person.locked_until is None or person.locked_until <= act.now:
        return None
    return LockedError(until=person.locked_until.isoformat())


def count_failure(act: Act, person: Person) -> GridappError:
    """Count one wrong password and give the refusal to raise after the commit."""
    person.failed_count += 1
    subject = f"person:{person.id}"
    if person.failed_count < FAILURES_TO_LOCK:
        write_audit(act, "session.failed", subject)
        return SignInRefusedError()
    person.failed_count = 0
    person.locked_until = act.now + LOCKED_FOR
    write_audit(act, "session.locked", subject)
    return LockedError(until=person.locked_until.isoformat())

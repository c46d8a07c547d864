"""Signs a person in; what fails is counted by ``locks``."""

import unicodedata
from dataclasses import dataclass, replace

from argon2 import PasswordHasher
from sqlmodel import Session, col, select

from gridapp.domain.errors import GridappError, SignInRefusedError
from gridapp.services.audit import write_audit
from gridapp.services.desk import RESIDENT, Act, Actor, Desk
from gridapp.services.devices import Device, knows_person
from gridapp.services.orders import clean_text
from gridapp.services.people.actor import actor_of
from gridapp.services.people.locks import (
    Attempt,
    attempt_key,
    count_failure,
    forget_failures,
    refusal_while_locked,
)
from gridapp.services.people.passwords import HASHER, matches
from gridapp.services.people.sessions import begin_session, identify, sign_out
from gridapp.services.people.weighing import ROOM
from gridapp.tables import Person


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
    device: Device | None = None,
) -> SignedIn:
    """Sign a person in by login or phone; ends the session that the same browser had before.

    The password is weighed between two transactions, because argon2 is slow and must not keep
    SQLite's writers waiting. The second one counts and commits the failure before it is raised.

    Args:
        desk: The town.
        login: As it was typed.
        password: Likewise.
        agent: What the browser calls itself.
        hasher: Weighs the password.
        former: The token of the browser's cookie: the new one takes its place, and whoever holds a
            copy of the old one holds nothing.
        device: The device that the house knows, when it does (``services.devices``).

    Raises:
        SignInRefusedError: Login or password is wrong, or the person is disabled.
        LockedError: Too many failures lately; the password is not told right from wrong meanwhile.
        TooManyError: More passwords are tried at this moment than the server weighs.
    """
    typed = _read_login(login)
    with desk.looking(RESIDENT) as act:
        person = _find(act.session, typed)
        person_id, kept = (person.id, person.password_hash) if person else (None, "")
        attempt = _attempt(act, typed, person_id, device)
        refusal = refusal_while_locked(act, attempt.key)
    if refusal is not None:
        raise refusal
    with ROOM.turn(is_known_device=attempt.is_known_device):
        is_right = matches(kept, password, hasher)
    with desk.acting(RESIDENT) as act:
        outcome = _answer(act, attempt, kept, agent, is_right=is_right)
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


def _read_login(login: str) -> str:
    return unicodedata.normalize("NFKC", clean_text(login)).strip().lower()


def _find(session: Session, typed: str) -> Person | None:
    """Find whom a login or a phone means; a phone that two people share means nobody."""
    enabled = select(Person).where(col(Person.disabled_at).is_(None))
    by_login = session.exec(enabled.where(Person.login == typed)).first()
    if by_login is not None or not typed:
        return by_login
    by_phone = session.exec(enabled.where(Person.phone == typed).limit(2)).all()
    return by_phone[0] if len(by_phone) == 1 else None


def _attempt(act: Act, typed: str, person_id: int | None, device: Device | None) -> Attempt:
    is_known = person_id is not None and knows_person(act.secret, device, person_id)
    known_id = device.id if device is not None and is_known else ""
    key = attempt_key(act.secret, typed, known_id)
    return Attempt(key, person_id, is_known_device=is_known)


def _answer(
    act: Act, attempt: Attempt, kept: str, agent: str, *, is_right: bool
) -> SignedIn | GridappError:
    """Write down how it went, and give the session or the refusal."""
    refusal = refusal_while_locked(act, attempt.key)
    if refusal is not None:
        return refusal
    if attempt.person_id is None:
        return count_failure(act, attempt)
    person = lock_person(act.session, attempt.person_id)
    # The password was changed, or the person disabled, since it was weighed.
    is_stale = person.password_hash != kept or person.disabled_at is not None
    if not is_right or is_stale:
        return count_failure(act, attempt)
    forget_failures(act, attempt.key)
    return _begin(act, person, agent)


def _begin(act: Act, person: Person, agent: str) -> SignedIn | GridappError:
    assert person.id is not None
    actor = actor_of(act.session, person.id, act.now)
    if actor is None:
        return SignInRefusedError()
    token = begin_session(act, person.id, agent)
    write_audit(replace(act, actor=actor), "session.sign_in", f"person:{person.id}")
    return SignedIn(token, actor)


def lock_person(session: Session, person_id: int) -> Person:
    """Give a person's row and keep others from it until the transaction ends."""
    # On SQLite the writer has the whole database already; there FOR UPDATE is left out.
    return session.exec(select(Person).where(Person.id == person_id).with_for_update()).one()

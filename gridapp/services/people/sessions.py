"""Sign-in sessions: whose cookie this is, and the end of a session."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, select, update

from gridapp.services.audit import write_audit
from gridapp.services.desk import RESIDENT, Act, Actor, Desk
from gridapp.services.orders import clean_text
from gridapp.services.people.actor import actor_of
from gridapp.settings import Settings
from gridapp.tables import LoginSession, Person

COOKIE: Final = "grid_session"

_TOKEN_BYTES: Final = 32
_LONGEST_TOKEN: Final = 64
_AGENT_CHARACTERS: Final = 200
_SEEN_AGAIN_AFTER: Final = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """Give what the row keeps of a token: a stolen table signs nobody in."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def begin_session(act: Act, person_id: int, agent: str) -> str:
    """Begin a session for a person whose password was right; gives the cookie's token."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    act.session.add(
        LoginSession(
            token_hash=token_hash(token),
            person_id=person_id,
            made_at=act.now,
            seen_at=act.now,
            agent=clean_text(agent)[:_AGENT_CHARACTERS],
        )
    )
    return token


def identify(desk: Desk, cookie: str | None) -> Actor | None:
    """Tell who holds this cookie's token now, or None: unknown, ended, too old, disabled.

    Three queries; once a minute also a write, so that the idle time is known.
    """
    if not cookie or len(cookie) > _LONGEST_TOKEN:
        return None
    hashed = token_hash(cookie)
    with desk.looking(RESIDENT) as act:
        found = act.session.exec(
            # The person comes along, so that actor_of need not ask again.
            select(LoginSession, Person)
            .join(Person, col(Person.id) == LoginSession.person_id)
            .where(LoginSession.token_hash == hashed)
        ).first()
        if found is None or not _is_alive(found[0], act.now, desk.settings):
            return None
        actor = actor_of(act.session, found[0].person_id, act.now)
        seen_at = found[0].seen_at
    if actor is not None and act.now - seen_at >= _SEEN_AGAIN_AFTER:
        _see(desk, hashed)
    return actor


def _is_alive(row: LoginSession, now: datetime, settings: Settings) -> bool:
    idle = timedelta(minutes=settings.session_idle_minutes)
    oldest = timedelta(hours=settings.session_max_hours)
    return row.ended_at is None and now - row.seen_at < idle and now - row.made_at < oldest


def _see(desk: Desk, hashed: str) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.exec(
            update(LoginSession)
            .where(col(LoginSession.token_hash) == hashed, col(LoginSession.ended_at).is_(None))
            # Of several requests at once one writes.
            .where(col(LoginSession.seen_at) <= act.now - _SEEN_AGAIN_AFTER)
            .values(seen_at=act.now)
            .execution_options(synchronize_session=False)
        )


def sign_out(act: Act, cookie: str) -> None:
    """End the session of this cookie; an unknown or ended one is left as it is."""
    ended = act.session.exec(
        update(LoginSession)
        .where(col(LoginSession.token_hash) == token_hash(cookie))
        .where(col(LoginSession.ended_at).is_(None))
        .values(ended_at=act.now)
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount:
        write_audit(act, "session.sign_out", f"person:{act.actor.person_id}")


def end_sessions(act: Act, person_id: int, keep: str = "") -> int:
    """End all sessions of a person, the one with the token ``keep`` apart; gives how many."""
    ended = act.session.exec(
        update(LoginSession)
        .where(col(LoginSession.person_id) == person_id, col(LoginSession.ended_at).is_(None))
        .where(col(LoginSession.token_hash) != (token_hash(keep) if keep else ""))
        .values(ended_at=act.now)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)

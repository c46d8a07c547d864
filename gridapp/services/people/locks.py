"""Counts wrong passwords by what was typed and by device, and refuses for a while.

A login that nobody has is counted in the same way as one that somebody has, in the same table, so
that no answer tells whether an account exists.
"""

import hashlib
import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, func
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col, select

from gridapp.domain.errors import GridappError, LockedError, SignInRefusedError
from gridapp.domain.signing_in import FAILURES_COUNT_FOR, lock_after
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.tables import Person, SignInLock

# Whoever tries logins that nobody has leaves so many rows in the audit log, which forgets nothing.
_UNKNOWN_AUDITED_EVERY: Final = timedelta(minutes=10)
_UNKNOWN_AUDITED_AT: Final = "unknown_sign_in_audited_at"


@dataclass(frozen=True)
class Attempt:
    """One try of a password.

    Args:
        key: From ``attempt_key``.
        person_id: Whose password was tried; None when nobody has this login.
        is_known_device: Whether this person has signed in on the device before.
    """

    key: str
    person_id: int | None
    is_known_device: bool


def attempt_key(secret: str, typed: str, known_device_id: str) -> str:
    """Give what failures are counted by; what was typed cannot be read back from it.

    By what was typed and not by the person: a lock seen under a phone as well as under a login
    would tell that both are one person's.
    """
    told = f"{known_device_id}\n{typed}".encode("utf-8", "surrogatepass")
    return hmac.new(b"gridapp.sign_in:" + secret.encode(), told, hashlib.sha256).hexdigest()


def refusal_while_locked(act: Act, key: str) -> LockedError | None:
    """Give the refusal while a lock lasts; tries meanwhile do not lengthen it."""
    return _refusal(act, act.session.get(SignInLock, key))


def count_failure(act: Act, attempt: Attempt) -> GridappError:
    """Count one wrong password and give the refusal to raise after the commit."""
    row = _row_of(act, attempt)
    refusal = _refusal(act, row)
    if refusal is not None:
        return refusal
    if act.now - row.failed_at >= FAILURES_COUNT_FOR:
        row.failed_count = 0
    row.failed_count += 1
    row.failed_at = act.now
    wait = lock_after(row.failed_count, is_known_device=attempt.is_known_device)
    row.locked_until = act.now + wait if wait else None
    act.session.add(row)
    _audit(act, attempt, "session.locked" if wait else "session.failed")
    return _refusal(act, row) or SignInRefusedError()


def forget_failures(act: Act, key: str) -> None:
    """Begin counting anew after the right password."""
    act.session.execute(delete(SignInLock).where(col(SignInLock.key) == key))


def lift_locks(act: Act, person_id: int) -> None:
    """Begin counting anew for a person on every device."""
    act.session.execute(delete(SignInLock).where(col(SignInLock.person_id) == person_id))


def locked_until(act: Act, person_id: int) -> datetime | None:
    """Give until when some device is refused for a person; None when none is."""
    latest = select(func.max(col(SignInLock.locked_until)))
    found = act.session.exec(latest.where(col(SignInLock.person_id) == person_id)).one()
    return found if found is not None and found > act.now else None


def is_locked(act: Act) -> ColumnElement[bool]:
    """Give the condition that some device is refused for a person of the query."""
    lock = select(SignInLock.key).where(SignInLock.person_id == Person.id)
    return exists(lock.where(col(SignInLock.locked_until) > act.now).correlate(Person))


def locked_people(act: Act, people: Sequence[int | None]) -> set[int | None]:
    """Give for whom of these people some device is refused."""
    lasting = select(SignInLock.person_id).where(col(SignInLock.locked_until) > act.now)
    return set(act.session.exec(lasting.where(col(SignInLock.person_id).in_(people))))


def forget_old_failures(act: Act) -> int:
    """Delete counts that count no more; gives how many."""
    oldest = act.now - FAILURES_COUNT_FOR
    gone = act.session.execute(delete(SignInLock).where(col(SignInLock.failed_at) < oldest))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete's result has it


def _row_of(act: Act, attempt: Attempt) -> SignInLock:
    """Give the row, made when there is none, and keep others from it: no failure is lost."""
    is_sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(SignInLock) if is_sqlite else postgres_insert(SignInLock)
    act.session.execute(
        insert.values(
            key=attempt.key, person_id=attempt.person_id, failed_count=0, failed_at=act.now
        ).on_conflict_do_nothing(index_elements=["key"])
    )
    return _locked_row(act.session, attempt.key)


def _locked_row(session: Session, key: str) -> SignInLock:
    # On SQLite the writer has the whole database already; there FOR UPDATE is left out.
    asked = select(SignInLock).where(SignInLock.key == key).with_for_update()
    return session.exec(asked.execution_options(populate_existing=True)).one()


def _refusal(act: Act, row: SignInLock | None) -> LockedError | None:
    if row is None or row.locked_until is None or row.locked_until <= act.now:
        return None
    minutes = math.ceil((row.locked_until - act.now) / timedelta(minutes=1))
    sentence = f"密码连续输错，请 {minutes} 分钟后再试；急用请找安全管理员解锁。"
    return LockedError(sentence, until=row.locked_until.isoformat())


def _audit(act: Act, attempt: Attempt, deed: str) -> None:
    if attempt.person_id is not None:
        write_audit(act, deed, f"person:{attempt.person_id}")
        return
    before: datetime | None = act.kept.get(_UNKNOWN_AUDITED_AT)
    if before is None or act.now - before >= _UNKNOWN_AUDITED_EVERY:
        act.kept[_UNKNOWN_AUDITED_AT] = act.now
        write_audit(act, "session.failed")

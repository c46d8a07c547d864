"""What the stories of signing in share: the cast's password, and a look at what was written."""

from collections.abc import Callable
from typing import Literal

from argon2 import PasswordHasher
from sqlmodel import col, select

from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.sign_in import SignedIn, sign_in
from gridapp.tables import AuditRow
from tests.cast import PASSWORD, QUICK

WRONG = "Wrong-2026"


class Meanwhile(PasswordHasher):
    """Lets something else happen while a password is weighed."""

    def __init__(self, happen: Callable[[], object]) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self._happen = happen

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's own name
        self._happen()
        return super().verify(hash, password)


def signed_in(desk: Desk, login: str, password: str = PASSWORD) -> SignedIn:
    return sign_in(desk, login, password, "a test's browser", QUICK)


def audited(desk: Desk) -> list[tuple[str, int | None, str]]:
    with desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(AuditRow).order_by(col(AuditRow.id))).all()
        return [(row.deed, row.actor_id, row.subject) for row in rows]

"""The history of a rule: who changed what from when, and what is still to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.clockwords import day_words, moment_words
from gridapp.domain.ruling import BEGINNING, Change, RuleKind, in_force
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.services.rules.fieldwords import said_change
from gridapp.tables import Person, Rule, RuleChange, Unit

_MAX_COUNT: Final = 50
_By = aliased(Person)
_Canceller = aliased(Person)


@dataclass(frozen=True)
class ChangeView:
    """One change: what was and what is, from when, by whom.

    Args:
        state: ``ahead``, ``done`` or ``cancelled``.
    """

    id: int
    what: tuple[str, ...]
    from_words: str
    made_words: str
    cancelled_words: str
    reason: str
    state: str


def list_changes(act: Act, kind: RuleKind, key: str) -> tuple[ChangeView, ...]:
    """List the changes of a rule, the latest first: at most the last fifty.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_CATEGORY)
    found = act.session.execute(
        select(RuleChange, col(_By.name), col(_Canceller.name))
        .join(Rule, col(Rule.id) == col(RuleChange.rule_id))
        .outerjoin(_By, col(_By.id) == col(RuleChange.made_by_id))
        .outerjoin(_Canceller, col(_Canceller.id) == col(RuleChange.cancelled_by_id))
        .where(col(Rule.kind) == kind, col(Rule.key) == key)
        .order_by(col(RuleChange.starts_at), col(RuleChange.id))
    ).all()
    stood = [
        Change(row.id, row.starts_at, row.facts) for row, *_ in found if row.cancelled_at is None
    ]
    units = _units(act) if kind is RuleKind.CATEGORY else {}
    views = [
        _view(act, kind, row, by or "系统", canceller or "", _before(stood, row), units)
        for row, by, canceller in found
        if row.starts_at > BEGINNING
    ]
    return tuple(reversed(views[-_MAX_COUNT:]))


def _before(stood: list[Change], row: RuleChange) -> Mapping[str, Any]:
    assert row.id is not None
    earlier = [c for c in stood if (c.starts_at, c.id) < (row.starts_at, row.id)]
    return in_force(earlier, row.starts_at) or {}


def _view(  # noqa: PLR0913, PLR0917 - a change and what its words need
    act: Act,
    kind: RuleKind,
    row: RuleChange,
    by: str,
    canceller: str,
    before: Mapping[str, Any],
    units: Mapping[int, str],
) -> ChangeView:
    assert row.id is not None
    cancelled = row.cancelled_at
    ahead = "ahead" if row.starts_at > act.now else "done"
    return ChangeView(
        id=row.id,
        what=said_change(kind, before, row.facts, units),
        from_words=_from(act.now, row.from_on, row.starts_at),
        made_words=f"{by} {moment_words(act.now, row.made_at)}",
        cancelled_words=f"{canceller} {moment_words(act.now, cancelled)} 取消" if cancelled else "",
        reason=row.reason,
        state="cancelled" if cancelled else ahead,
    )


def _from(now: datetime, on: date, starts_at: datetime) -> str:
    verb = "生效" if starts_at > now else "起生效"
    return f"{day_words(now, on)}{verb}"


def _units(act: Act) -> dict[int, str]:
    found = act.session.execute(select(col(Unit.id), col(Unit.name))).all()
    return {number: name for number, name in found if number is not None}

"""Changes a rule from a day on: the one way in which any rule is changed (规则变更)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CursorResult, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.ruling import BEGINNING, Change, RuleKind, day_fault, in_force
from gridapp.domain.workcalendar import beijing_date, day_begins_at
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.rules.put import put_state
from gridapp.services.rules.stamp import renew_stamp
from gridapp.tables import Rule, RuleChange

CHANGED_MEANWHILE: Final = "这一项刚刚有人改过，请看过最新内容再决定。"
NOTHING_CHANGED: Final = "没有改动，不用保存。"


@dataclass(frozen=True)
class Target:
    """The rule that is changed, and how it stood before anybody changed it."""

    kind: RuleKind
    key: str
    was: Mapping[str, Any]


def change_rule(  # noqa: PLR0913 - who, what, how, from when and why
    act: Act,
    order: Order,
    target: Target,
    told: Mapping[str, Any],
    *,
    from_on: date | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """Change a rule from a day on, today when none is named; what was promised stays.

    Raises:
        FactsError: The day has passed, or nothing would change.
        ConflictError: Somebody has changed the rule since it was looked at.
    """
    today = beijing_date(act.now)
    on = from_on or today
    if fault := day_fault(on, today):
        raise FactsError(fault, fields={"from_on": fault})
    head = _take_head(act, order, target)
    starts_at = act.now if on == today else day_begins_at(on)
    before = in_force(_changes_of(act, head), starts_at) or dict(target.was)
    facts = {name: value for name, value in told.items() if before.get(name) != value}
    if not facts:
        raise FactsError(NOTHING_CHANGED)
    if head.version == 1:
        act.session.add(_change(head, beijing_date(BEGINNING), BEGINNING, dict(target.was), act))
        act.session.flush()
    is_now = on == today
    row = _change(head, on, starts_at, facts, act, reason=reason, is_made=True, is_applied=is_now)
    act.session.add(row)
    act.session.flush()
    if is_now:
        put_state(act, target.kind, target.key, before | facts)
    write_audit(
        act, order.deed, f"{target.kind}:{target.key}", reason,
        from_on=on.isoformat(), before={name: before.get(name) for name in facts}, after=facts,
    )  # fmt: skip
    renew_stamp(act)
    return {
        "receipt": str(order.uid), "rule": target.key, "change": row.id,
        "version": head.version, "from_on": on.isoformat(),
    }  # fmt: skip


def _take_head(act: Act, order: Order, target: Target) -> Rule:
    """Take the rule's next version for this change; of two at once one is refused."""
    sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(Rule) if sqlite else postgres_insert(Rule)
    act.session.execute(
        insert.values(kind=target.kind, key=target.key, version=0).on_conflict_do_nothing(
            index_elements=["kind", "key"]
        )
    )
    is_it = (col(Rule.kind) == target.kind) & (col(Rule.key) == target.key)
    head: Rule = act.session.execute(select(Rule).where(is_it)).scalar_one()
    version = head.version if order.version is None else order.version
    if not bump_version(act, head, version):
        raise ConflictError(CHANGED_MEANWHILE, current={"version": head.version})
    return head


def bump_version(act: Act, head: Rule, version: int) -> bool:
    """Count one change more, unless somebody has been quicker; tells whether it was counted."""
    done = act.session.execute(
        update(Rule)
        .where(col(Rule.id) == head.id, col(Rule.version) == version)
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(head)
    return done.rowcount == 1


def _changes_of(act: Act, head: Rule) -> list[Change]:
    found = act.session.execute(
        select(col(RuleChange.id), col(RuleChange.starts_at), col(RuleChange.facts)).where(
            col(RuleChange.rule_id) == head.id, col(RuleChange.cancelled_at).is_(None)
        )
    )
    return [Change(number, starts_at, facts) for number, starts_at, facts in found]


def _change(  # noqa: PLR0913 - a change has as many parts as its history shows
    head: Rule,
    from_on: date,
    starts_at: datetime,
    facts: dict[str, Any],
    act: Act,
    *,
    reason: str = "",
    is_made: bool = False,
    is_applied: bool = True,
) -> RuleChange:
    assert head.id is not None
    return RuleChange(
        rule_id=head.id, from_on=from_on, starts_at=starts_at, facts=facts, reason=reason,
        made_by_id=act.actor.person_id if is_made else None, made_at=act.now,
        applied_at=act.now if is_applied else None,
    )  # fmt: skip

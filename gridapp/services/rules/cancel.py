"""Cancels a change that lies ahead; what has come into force is changed again instead."""

from typing import Any, Final

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.change import bump_version
from gridapp.services.rules.stamp import renew_stamp
from gridapp.services.verbs import verb
from gridapp.tables import Rule, RuleChange

_ID_DIGITS: Final = 9
_TOO_LATE: Final = "这项修改已经生效，或刚刚被取消，请刷新后再看。"


class CancelFacts(Facts):
    """Nothing more is asked."""


@verb(Deed.CANCEL_CHANGE, CancelFacts)
def cancel_change(act: Act, order: Order, _facts: CancelFacts) -> dict[str, Any]:
    """Cancel a change before its day; the row stays in the history.

    Raises:
        NotThereError: No such change.
        ConflictError: It is in force already, or was cancelled.
    """
    demand(act, Deed.CANCEL_CHANGE)
    change, head = _open_change(act, order.subject)
    done = act.session.execute(
        update(RuleChange)
        .where(
            col(RuleChange.id) == change.id,
            col(RuleChange.cancelled_at).is_(None),
            col(RuleChange.applied_at).is_(None),
            col(RuleChange.starts_at) > act.now,
        )
        .values(cancelled_at=act.now, cancelled_by_id=act.actor.person_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1 or not bump_version(act, head, head.version):
        raise ConflictError(_TOO_LATE)
    write_audit(act, Deed.CANCEL_CHANGE, f"{head.kind}:{head.key}", change=change.id)
    renew_stamp(act)
    return {"receipt": str(order.uid), "change": change.id, "version": head.version}


def _open_change(act: Act, subject: str) -> tuple[RuleChange, Rule]:
    if not (subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS):
        raise NotThereError
    found = act.session.execute(
        select(RuleChange, Rule)
        .join(Rule, col(Rule.id) == col(RuleChange.rule_id))
        .where(col(RuleChange.id) == int(subject))
    ).one_or_none()
    if found is None:
        raise NotThereError
    return found[0], found[1]

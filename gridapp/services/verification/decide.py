"""Decides what is right where findings differ, with a reason (裁定出入)."""

from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.registering import Verified
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.register.access import record_uid
from gridapp.services.verbs import verb
from gridapp.services.verification.access import open_verification
from gridapp.services.verification.subject import (
    Subject,
    bring_back,
    open_subject,
    put_right,
    take_out,
)
from gridapp.services.verification.verify import hold_item
from gridapp.tables import VerificationFinding, VerificationItem

Id = Annotated[str, StringConstraints(max_length=64)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), shown(4)]


class DecideFacts(Facts):
    """Which finding is right and why; none means that the register is right as it stands."""

    verification: Id
    finding: Id = ""
    words: Why


@verb(Deed.DECIDE_RECORD, DecideFacts)
def decide_record(act: Act, order: Order, facts: DecideFacts) -> dict[str, Any]:
    """Decide a disputed record; the version is that of its line in the verification.

    Raises:
        NotThereError: No such verification, record or finding, or out of reach.
        ConflictError: There is nothing to decide (any more), or a finding has come meanwhile.
    """
    row = open_verification(act, facts.verification, Deed.DECIDE_RECORD)
    subject = open_subject(act, order.subject, Deed.DECIDE_RECORD)
    item = hold_item(act, row, subject)
    if item.status is not Verified.CONFLICT or order.version not in {None, item.version}:
        raise ConflictError(current={"status": item.status.value, "version": item.version})
    status = _follow(act, subject, item, facts.finding) if facts.finding else _as_it_is(subject)
    item.status = status
    item.version += 1
    item.decided_by_id, item.decided_at = act.actor.person_id, act.now
    item.decided_why = facts.words
    act.session.flush()
    write_audit(act, Deed.DECIDE_RECORD, f"record:{subject.row.uid}", facts.words)
    return {
        "receipt": str(order.uid),
        "record": str(subject.row.uid),
        "status": status.value,
        "version": item.version,
    }


def _as_it_is(subject: Subject) -> Verified:
    return Verified.GONE if subject.is_struck else Verified.CONFIRMED


def _follow(act: Act, subject: Subject, item: VerificationItem, finding: str) -> Verified:
    """Let the register say what a finding says."""
    row: VerificationFinding | None = act.session.execute(
        select(VerificationFinding).where(
            col(VerificationFinding.uid) == record_uid(finding),
            col(VerificationFinding.item_id) == item.id,
        )
    ).scalar_one_or_none()
    if row is None or row.outcome is Verified.NOT_FOUND:
        raise NotThereError
    if row.outcome is Verified.GONE:
        if not subject.is_struck:
            take_out(act, subject, None)
    else:
        if subject.is_struck:
            bring_back(act, subject)
        changes = {
            name: value for name, value in row.after.items() if row.before.get(name) != value
        }
        if changes:
            put_right(act, subject, changes, None)
    row.is_applied = True
    return row.outcome

"""Writes what must be answered for. Rows are only ever appended; no deed edits or removes one."""

from typing import Any, Final

from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.tables import AuditRow

# What a receipt calls by its id, in the order in which it says most.
_NAMED_BY_REPLY: Final = (
    "point", "record", "household", "roster", "night", "duty", "work", "import",
)  # fmt: skip
_OF_AREAS: Final = frozenset({"area", "line", "boundary"})
_WRITTEN: Final = "audit_rows_written"


def count_written(act: Act) -> int:
    """Count the rows that this act has written so far."""
    count: int = act.session.info.get(_WRITTEN, 0)
    return count


def write_audit(act: Act, deed: str, subject: str = "", reason: str = "", **facts: Any) -> None:
    """Append one row for the actor of this act.

    Args:
        act: The transaction that the row stands or falls with.
        deed: A word of ``Deed``, or the name of a sign-in's turn such as ``session.failed``.
        subject: What it was done to, as ``person:7`` or ``case:26061000042``.
        reason: Why, in the doer's words.
        facts: What else must be known later; never a password, a token or a whole phone number.
    """
    act.session.info[_WRITTEN] = count_written(act) + 1
    act.session.add(
        AuditRow(
            at=act.now,
            actor_id=act.actor.person_id,
            deed=deed,
            subject=subject,
            reason=reason[:200],
            facts=facts,
        )
    )


def write_deed(act: Act, order: Order, reply: dict[str, Any]) -> None:
    """Append the row of a deed that has said nothing of itself in its own words."""
    write_audit(act, order.deed, _subject_of(order, reply), str(order.facts.get("words") or ""))


def _subject_of(order: Order, reply: dict[str, Any]) -> str:
    """Name what a deed was done to, as ``services.auditing.subjects`` reads it."""
    for kind in _NAMED_BY_REPLY:
        if kind in reply:
            return f"{kind}:{reply[kind]}"
    kind = order.deed.split(".", maxsplit=1)[0]
    return f"{'area' if kind in _OF_AREAS else kind}:{order.subject}"[:80]

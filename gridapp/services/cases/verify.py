"""What the verifier does: verify, or send back to be done again (核查 返工)."""

from typing import Any

from gridapp.domain.vocabulary import Deed
from gridapp.services.calendar.promises import limits_at, started_at, step_due_for
from gridapp.services.cases.centre import ReasonFacts, WordsFacts, category_of
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.verbs import verb


@verb(Deed.VERIFY, WordsFacts)
def verify_case(act: Act, order: Order, facts: WordsFacts) -> dict[str, Any]:
    """Verify that what was said to be done is done."""
    row = open_for(act, order, Deed.VERIFY).row
    move_case(act, row, Deed.VERIFY, order, words=facts.words, step_due_at=None)
    return reply_of(row, order.uid)


@verb(Deed.REDO, ReasonFacts)
def redo_case(act: Act, order: Order, facts: ReasonFacts) -> dict[str, Any]:
    """Send a case back to those who handled it; it counts as rework."""
    row = open_for(act, order, Deed.REDO).row
    limits = limits_at(act, category_of(act, row), row.urgency, started_at(row))
    at = moment_of(act, row, order)
    move_case(
        act, row, Deed.REDO, order, words=facts.words,
        redo_count=row.redo_count + 1, outcome=None, handled_at=None, holder_id=None,
        redone_at=at, step_due_at=step_due_for(act, row, limits.take, at),
    )  # fmt: skip
    return reply_of(row, order.uid)

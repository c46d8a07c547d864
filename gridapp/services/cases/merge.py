"""Merges a case into another about the same matter (并案)."""

from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.access import case_no_of, open_case
from gridapp.services.cases.move import move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Words


class MergeFacts(Facts):
    """Into which case, by its public number."""

    into: Annotated[str, Field(max_length=32)]
    words: Words = ""


def merge_case(act: Act, order: Order, facts: MergeFacts) -> dict[str, Any]:
    """Merge a case into another, which goes on for both reporters.

    Raises:
        FactsError: Into itself, or into one that is itself merged.
        NotThereError: The other case is out of reach.
    """
    row = open_for(act, order, Deed.MERGE).row
    other = open_case(act, facts.into).row
    if other.id == row.id or other.status is Status.MERGED:
        raise FactsError("请选择另一件没有并案的事件。", fields={"into": "不能并入这件"})
    move_case(
        act, row, Deed.MERGE, order, words=facts.words, is_public=True,
        facts={"into": case_no_of(other)}, merged_into_id=other.id,
        closed_at=act.now, step_due_at=None,
    )  # fmt: skip
    return reply_of(row, order.uid)

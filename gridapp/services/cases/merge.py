"""Merges a case into another about the same matter (并案)."""

from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.case_access import case_no_of, open_case
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.verbs import verb
from gridapp.tables import Case


class MergeFacts(Facts):
    """Into which case, by its public number."""

    into: Annotated[str, Field(max_length=32)]
    words: Words = ""


@verb(Deed.MERGE, MergeFacts)
def merge_case(act: Act, order: Order, facts: MergeFacts) -> dict[str, Any]:
    """Merge a case into another, which goes on for both reporters.

    Raises:
        FactsError: Into itself, or into one that is itself merged.
        NotThereError: The other case is out of reach.
    """
    row = open_for(act, order, Deed.MERGE).row
    other = open_target(act, facts.into)
    if other.id == row.id:
        raise _not_into_this()
    merge_row(act, row, order, other, facts.words)
    return reply_of(row, order.uid)


def open_target(act: Act, no: str) -> Case:
    """Open the case that others are to be merged into.

    Raises:
        FactsError: It is itself merged.
        NotThereError: It is out of reach.
    """
    other = open_case(act, no).row
    if other.status is Status.MERGED:
        raise _not_into_this()
    return other


def merge_row(act: Act, row: Case, order: Order, other: Case, words: str) -> None:
    """Merge a case that is already open into another."""
    move_case(
        act, row, Deed.MERGE, order, words=words, is_public=True,
        facts={"into": case_no_of(other)}, merged_into_id=other.id,
        closed_at=moment_of(act, row, order), step_due_at=None,
    )  # fmt: skip


def _not_into_this() -> FactsError:
    return FactsError("请选择另一件没有并案的事件。", fields={"into": "不能并入这件"})

"""Asks for a table of what is in reach (导出), masked unless a reason is given."""

from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Field

from gridapp.domain.codes import display_name
from gridapp.domain.errors import FactsError
from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed, WorkKind
from gridapp.services.cases.reveal import REASON_MIN_CHARACTERS
from gridapp.services.desk import Act
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exchange.kind import Wishes
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand, open_grid
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.services.works.ask import Wanted, ask_work
from gridapp.services.works.kinds import may_ask_for

_ALL: Final = "全部"


class Format(StrEnum):
    """As what a table is written."""

    XLSX = "xlsx"
    CSV = "csv"


class ExportFacts(Facts):
    """Which table, of where and when, as what; a reason shows people in full."""

    kind: Annotated[str, Field(max_length=32)]
    grid: Annotated[str, Field(max_length=32)] = ""
    format: Format = Format.XLSX
    from_on: Day | None = None
    to_on: Day | None = None
    reason: Annotated[str, Field(max_length=200)] = ""

    def wishes(self) -> Wishes:
        """Give what is wished for the table."""
        return Wishes(
            grid=self.grid, reveal_reason=self.reason.strip(), from_on=self.from_on,
            to_on=self.to_on,
        )  # fmt: skip


@verb(Deed.EXPORT, ExportFacts)
def order_export(act: Act, order: Order, facts: ExportFacts) -> dict[str, Any]:
    """Ask for a table.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: The grid is out of reach.
        TableRefusedError: There is no such kind.
        FactsError: The reason is too short, or the days are in the wrong order.
    """
    where = _demand(act, facts)
    if facts.reason.strip() and shown_count(facts.reason) < REASON_MIN_CHARACTERS:
        raise FactsError(f"理由至少{REASON_MIN_CHARACTERS}个字。", fields={"reason": "太短"})
    if facts.from_on and facts.to_on and facts.from_on > facts.to_on:
        raise FactsError("结束日期早于开始日期，请检查。", fields={"to_on": "早于开始日期"})
    label = f"{kind_of(facts.kind).label or facts.kind} · {where}"
    wanted = Wanted(WorkKind.EXPORT, label, facts.model_dump(mode="json"))
    return ask_work(act, order.uid, wanted)


@may_ask_for(WorkKind.EXPORT)
def may_export(act: Act, facts: dict[str, Any]) -> None:
    """Let pass who may still take the table out.

    Raises:
        NotAllowedError: No role of the actor may any more.
        NotThereError: The grid lies out of reach by now.
    """
    _demand(act, ExportFacts.model_validate(facts))


def _demand(act: Act, facts: ExportFacts) -> str:
    """Let pass who may, and name the area."""
    table = kind_of(facts.kind)
    for deed in (table.export_by, *table.export_needs):
        demand(act, deed)
    if facts.reason.strip() and facts.kind == "cases":
        demand(act, Deed.REVEAL)
    if not facts.grid:
        return _ALL
    return display_name(open_grid(act, facts.grid, table.export_by).name)

"""Writes the tables that were asked for: the long work of ``services.exports``."""

import re
from typing import Final

from gridapp.domain.workcalendar import beijing_date
from gridapp.jobs.hand import Hand, Made
from gridapp.services.desk import Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exports.order import ExportFacts, Format

_WRITING: Final = "写入文件"
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\s]+')
_TYPE: Final = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_asked(desk: Desk, hand: Hand) -> Made:
    """Write a table of what is in the reach of whoever asked."""
    facts = ExportFacts.model_validate(hand.facts)
    out = hand.bench / f"out.{facts.format.value}"

    def tell(count: int) -> None:
        hand.tell(_WRITING, count, 0)
        hand.demand_going_on()

    with desk.acting(hand.actor) as act:
        count = export_table(act, facts.kind, out, facts.wishes(), progress=tell)
    on = beijing_date(desk.clock()).isoformat()
    label = kind_of(facts.kind).label or facts.kind
    name = _UNSAFE.sub("", f"{label}-{facts.grid or '全部'}-{on}.{facts.format.value}")
    return Made(out, name, _TYPE[facts.format], {"row_count": count})

"""The deeds on tables of the street's own: one adds a row, one changes it, one puts it in order."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.field_models import told_of
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.stamp import renew_stamp
from gridapp.services.rules.tables import RuleTable, change_row, insert_row, open_row
from gridapp.services.times import Day

Deal = Callable[[Act, Order, Any], dict[str, Any]]


class RetireFacts(Facts):
    """Out of use, or back into it, from a day on."""

    retired: bool = True
    from_on: Day | None = None


class PlaceFacts(Facts):
    """One place up or down among its like."""

    up: bool


def adder(table: RuleTable) -> Deal:
    """Make the deed that adds a row."""

    def add(act: Act, order: Order, facts: Any) -> dict[str, Any]:
        demand(act, Deed(order.deed))
        code = f"{table.prefix}{order.uid.hex[:16]}"
        told = told_of(facts, "from_on")
        return insert_row(act, order, table, code, told, from_on=facts.from_on)

    return add


def changer(table: RuleTable) -> Deal:
    """Make the deed that changes a row, or takes it out of use."""

    def change(act: Act, order: Order, facts: Any) -> dict[str, Any]:
        demand(act, Deed(order.deed))
        row = open_row(act, table, order.subject)
        return change_row(act, order, table, row, told_of(facts, "from_on"), from_on=facts.from_on)

    return change


def placer(table: RuleTable) -> Deal:
    """Make the deed that moves a row one place up or down among its like; it holds at once."""

    def place(act: Act, order: Order, facts: PlaceFacts) -> dict[str, Any]:
        demand(act, Deed(order.deed))
        row = open_row(act, table, order.subject)
        _swap(_like(act, table, row), row, up=facts.up)
        act.session.flush()
        write_audit(act, Deed(order.deed), f"{table.kind}:{row.code}", up=facts.up)
        renew_stamp(act)
        return {"receipt": str(order.uid), "rule": row.code}

    return place


def _like(act: Act, table: RuleTable, row: Any) -> list[Any]:
    asked = select(table.row).order_by(table.row.position, table.row.id).with_for_update()
    if table.group:
        asked = asked.where(getattr(table.row, table.group) == getattr(row, table.group))
    return list(act.session.execute(asked).scalars())


def _swap(rows: list[Any], row: Any, *, up: bool) -> None:
    here = rows.index(row)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        raise FactsError("已经排在最前面了。" if up else "已经排在最后面了。")
    places = sorted(each.position for each in rows)
    rows[here], rows[there] = rows[there], rows[here]
    for place, each in enumerate(rows):
        each.position = places[0] + place if len(set(places)) < len(places) else places[place]

"""Writes what has come into force into the rows that lists and joins read."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.ruling import Change, RuleKind, in_force
from gridapp.services.bad_rows import do_each
from gridapp.services.desk import Act
from gridapp.services.rules.stamp import renew_stamp
from gridapp.tables import CalendarDay, Rule, RuleChange

State = Mapping[str, Any]
TOWNS_OWN: Final = "administrator"


def put_in_force(act: Act) -> int:
    """Write into their rows the changes whose day has come; gives how many changes.

    Promises do not wait for this: they are made by what the book says of their moment.
    """
    due = list(
        act.session.execute(
            select(RuleChange, Rule)
            .join(Rule, col(Rule.id) == col(RuleChange.rule_id))
            .where(
                col(RuleChange.applied_at).is_(None),
                col(RuleChange.cancelled_at).is_(None),
                col(RuleChange.starts_at) <= act.now,
            )
        )
    )
    changes: dict[int | None, list[RuleChange]] = defaultdict(list)
    for change, head in due:
        changes[head.id].append(change)

    def put(head: Rule) -> int:
        _put_head(act, head)
        for change in changes[head.id]:
            change.applied_at = act.now
        act.session.flush()
        return len(changes[head.id])

    count = do_each(act, "rules", {head.id: head for _, head in due}.values(), put)
    if count:
        renew_stamp(act)
    return count


def _put_head(act: Act, head: Rule) -> None:
    told = act.session.execute(
        select(col(RuleChange.id), col(RuleChange.starts_at), col(RuleChange.facts)).where(
            col(RuleChange.rule_id) == head.id, col(RuleChange.cancelled_at).is_(None)
        )
    )
    state = in_force([Change(*row) for row in told], act.now)
    assert state is not None, "a rule that was changed has a beginning"
    put_state(act, head.kind, head.key, state)


def put_state(act: Act, kind: RuleKind, key: str, state: State) -> None:
    """Write a rule's state into its row, where it has one."""
    write = WRITERS.get(kind)
    if write is not None:
        write(act, key, state)
        act.session.flush()


def _day(act: Act, key: str, state: State) -> None:
    row = act.session.get(CalendarDay, date.fromisoformat(key))
    if row is None:
        row = CalendarDay(on=date.fromisoformat(key), kind=state["kind"])
        act.session.add(row)
    row.kind, row.name, row.source = state["kind"], state["name"], TOWNS_OWN


# Kind of rule -> what writes it into its row; ``rules.tables`` puts its tables in.
WRITERS: Final[dict[RuleKind, Callable[[Act, str, State], None]]] = {RuleKind.DAY: _day}

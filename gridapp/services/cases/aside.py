"""Reports that are set aside (待甄别): let in, declined or merged, many at once, and taken back.

A report that is set aside has its number, its token and its promise like any other, which runs from
the report on. It stands in no list, no figure and no warning, and nobody but its reporter is told
of it, until it is let in here or accepted. What is declined or merged here was never let in.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

from pydantic import Field
from sqlalchemy import CursorResult, func, select, update
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import FactsError, MoveRefusedError, NotThereError, TooLateError
from gridapp.domain.vocabulary import AsideChoice, AsideReason, Deed, Status
from gridapp.services.audit import write_audit
from gridapp.services.calendar.promises import promise_case, started_at
from gridapp.services.case_access import case_no_of, cases_in_reach
from gridapp.services.cases.centre import category_of, decline_row
from gridapp.services.cases.merge import merge_row, open_target
from gridapp.services.cases.move import current_state, move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.messages.tell import tell_received
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.permit import demand
from gridapp.services.verbs import verb
from gridapp.tables import Case, CaseStep, DeedDone

SORTED_AT_ONCE_MAX_COUNT: Final = 200
# As long as it stands on the page of whoever did it, and a little more.
UNDO_WITHIN: Final = timedelta(minutes=10)
LET_IN: Final[dict[str, Any]] = {"is_held": False, "aside_for": None}


class LetInFacts(Facts):
    """Letting in may be explained."""

    words: Words = ""


class SortFacts(Facts):
    """What becomes of which reports, by their numbers; declining needs words, merging a target."""

    choice: AsideChoice
    nos: Annotated[
        tuple[Annotated[str, Field(max_length=32)], ...],
        Field(min_length=1, max_length=SORTED_AT_ONCE_MAX_COUNT),
    ]
    words: Words = ""
    into: Annotated[str, Field(max_length=32)] = ""


class UndoFacts(Facts):
    """The deed to take back is the order's subject, by its id."""


def let_in_by_work(act: Act, case_id: int, is_worked: Callable[[int], bool]) -> bool:
    """Let a report in for which its phone has done the work that its hot place asked for.

    Args:
        act: The reporter's.
        case_id: The case's row.
        is_worked: Tells for its building whether the work is good.
    """
    row = act.session.get_one(Case, case_id)
    if row.building_id is None or not is_worked(row.building_id):
        return False
    done = act.session.execute(
        update(Case)
        .where(
            col(Case.id) == case_id,
            col(Case.status) == Status.REPORTED,
            col(Case.aside_for) == AsideReason.PLACE,
        )
        .values(**LET_IN)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(row)
    if done.rowcount == 1:
        tell_received(act, row)
    return row.aside_for is None


@verb(Deed.LET_IN, LetInFacts)
def let_in_case(act: Act, order: Order, facts: LetInFacts) -> dict[str, Any]:
    """Let one report in; from now on it is a report like any other.

    Raises:
        MoveRefusedError: It is not set aside.
    """
    row = open_for(act, order, Deed.LET_IN).row
    _let_in(act, row, order, facts.words)
    return reply_of(row, order.uid)


@verb(Deed.SORT_ASIDE, SortFacts)
def sort_aside(act: Act, order: Order, facts: SortFacts) -> dict[str, Any]:
    """Do the same with many that are set aside; who was sorted by somebody else is left out.

    Gives the numbers that were sorted, so that the deed can be taken back.

    Raises:
        FactsError: Declining needs a reason, merging a case that goes on.
        NotThereError: The case to merge into is out of reach.
    """
    demand(act, Deed.SORT_ASIDE)
    if facts.choice is AsideChoice.DECLINE and not facts.words:
        raise FactsError("请写明不予受理的理由，上报人会看到。", fields={"words": "请写明理由"})
    target = open_target(act, facts.into) if facts.choice is AsideChoice.MERGE else None
    done = []
    for row in _rows_aside(act, facts.nos):
        if target is not None and row.id == target.id:
            continue
        _sort(act, row, _one_order(order, row), facts, target)
        done.append(case_no_of(row))
    reason = facts.words[:200]
    write_audit(act, Deed.SORT_ASIDE, str(order.uid), reason, choice=facts.choice, count=len(done))
    return {"receipt": str(order.uid), "done": done, "left_count": len(set(facts.nos)) - len(done)}


@verb(Deed.UNDO_SORT, UndoFacts)
def undo_sort(act: Act, order: Order, _: UndoFacts) -> dict[str, Any]:
    """Take back what one's own deed has done with reports; what has gone on since stays as it is.

    Raises:
        NotThereError: There was no such deed of one's own.
        TooLateError: It is too long ago.
    """
    demand(act, Deed.UNDO_SORT)
    sort = _own_sort(act, order.subject)
    if act.now > sort.received_at + UNDO_WITHIN:
        raise TooLateError("过了 10 分钟，不能整批撤销了。请到各件事里处理。")
    rows = _rows_of(act, sort.reply.get("done", ()))
    done = [case_no_of(row) for row in rows if _take_back(act, row, sort.uid, order)]
    write_audit(act, Deed.UNDO_SORT, order.subject, count=len(done))
    return {"receipt": str(order.uid), "done": done, "left_count": len(rows) - len(done)}


def _let_in(act: Act, row: Case, order: Order, words: str) -> None:
    if row.aside_for is None:
        raise MoveRefusedError("这件事不在待甄别里。", current=current_state(row))
    facts = {"aside_for": row.aside_for.value}
    move_case(act, row, Deed.LET_IN, order, words=words, facts=facts, **LET_IN)
    tell_received(act, row)


def _sort(act: Act, row: Case, order: Order, facts: SortFacts, target: Case | None) -> None:
    if facts.choice is AsideChoice.LET_IN:
        _let_in(act, row, order, facts.words)
    elif target is not None:
        merge_row(act, row, order, target, facts.words)
    else:
        decline_row(act, row, order, facts.words)


def _one_order(order: Order, row: Case) -> Order:
    """Give each case an order of its own: its step's id tells later which deed it belongs to."""
    return Order(order.deed, done_at=order.done_at, uid=_step_uid(order.uid, row))


def _step_uid(sort: UUID, row: Case) -> UUID:
    return uuid5(sort, str(row.id))


def _rows_aside(act: Act, nos: Iterable[str]) -> list[Case]:
    return [
        row
        for row in _rows_of(act, nos)
        if row.status is Status.REPORTED and row.aside_for is not None
    ]


def _rows_of(act: Act, nos: Iterable[str]) -> list[Case]:
    """Give the rows in reach that these numbers name, each locked until the deed is over."""
    wanted = {no: parsed.case_id for no in nos if (parsed := parse_case_no(no)) is not None}
    found = act.session.execute(
        select(Case)
        .where(col(Case.id).in_(wanted.values()), cases_in_reach(act.actor, Deed.SORT_ASIDE))
        .order_by(col(Case.id))
        .with_for_update()
    ).scalars()
    return [row for row in found if case_no_of(row) in wanted]


def _own_sort(act: Act, subject: str) -> DeedDone:
    try:
        uid = UUID(subject)
    except ValueError as error:
        raise NotThereError from error
    row = act.session.get(DeedDone, uid)
    is_own = row is not None and row.person_id == act.actor.person_id
    if row is None or not is_own or row.deed != Deed.SORT_ASIDE:
        raise NotThereError
    return row


def _take_back(act: Act, row: Case, sort: UUID, order: Order) -> bool:
    """Set a case aside again when nothing but the sorting was the last that was done on it."""
    newest = select(func.max(col(CaseStep.id))).where(col(CaseStep.case_id) == row.id)
    step = act.session.get_one(CaseStep, act.session.execute(newest).scalar_one())
    if step.uid != _step_uid(sort, row):
        return False
    reason = AsideReason(step.facts.get("aside_for") or row.aside_for or AsideReason.PLACE)
    due = promise_case(act, category_of(act, row), row.urgency, started_at(row))
    move_case(
        act, row, Deed.UNDO_SORT, _one_order(order, row), is_held=True, aside_for=reason,
        reply="", closed_at=None, merged_into_id=None, moved_at=None, step_due_at=due.step_due_at,
    )  # fmt: skip
    return True

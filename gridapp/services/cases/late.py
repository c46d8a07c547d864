"""Puts late cases under supervision: yellow at the limit, red at twice the limit (自动督办)."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.deadlines import DueState, due_state
from gridapp.domain.lateness import RUNNING
from gridapp.domain.vocabulary import Deed, Supervision
from gridapp.services.bad_rows import do_each, readable
from gridapp.services.calendar.promises import limit_of_row
from gridapp.services.calendar.town import town_calendar
from gridapp.services.case_access import is_let_in
from gridapp.services.cases.move import append_step
from gridapp.services.desk import Act
from gridapp.services.lateness import late_case
from gridapp.services.orders import Order
from gridapp.tables import Case, CaseStep

_WORDS: Final = "已超过办理期限，系统自动督办。"
_CARDS: Final = {DueState.YELLOW: Supervision.YELLOW_CARD, DueState.RED: Supervision.RED_CARD}
_LOOKED_UP_AT_ONCE: Final = 500


class _Mark(NamedTuple):
    """A card for a case; its id is the same however often it is made for the same due moment."""

    uid: UUID
    row: Case
    card: Supervision


def mark_late(act: Act) -> int:
    """Mark each late case once for each due moment and card; gives how many.

    What the centre has lifted since stays lifted. The version stays, as with a warning.
    """
    marks = list(_marks(act))
    given = _given(act, (mark.uid for mark in marks))
    new = [mark for mark in marks if mark.uid not in given]
    return do_each(act, "late cases", new, lambda mark: _give(act, mark))


def _marks(act: Act) -> Iterator[_Mark]:
    calendar = town_calendar(act)
    late = select(Case).where(
        is_let_in(),
        late_case(act.now, RUNNING),  # while it is paused, nobody is to be reminded
        col(Case.supervision) != Supervision.RED_CARD,
    )

    def mark(row: Case) -> _Mark:
        card = _CARDS[due_state(act.now, row.due_at, limit_of_row(row), calendar)]
        return _Mark(uuid5(row.uid, f"{card}/{row.due_at.isoformat()}"), row, card)

    for made in readable("late cases", act.session.execute(late).scalars().all(), mark):
        if made.card is not made.row.supervision:
            yield made


def _given(act: Act, uids: Iterable[UUID]) -> set[UUID]:
    wanted, given = list(uids), set()
    for first in range(0, len(wanted), _LOOKED_UP_AT_ONCE):
        some = col(CaseStep.uid).in_(wanted[first : first + _LOOKED_UP_AT_ONCE])
        given |= set(act.session.execute(select(col(CaseStep.uid)).where(some)).scalars())
    return {uid for uid in given if uid is not None}


def _give(act: Act, mark: _Mark) -> bool:
    row = mark.row
    done = act.session.execute(
        update(Case)
        .where(col(Case.id) == row.id, col(Case.version) == row.version)
        .where(col(Case.supervision) == row.supervision)
        .values(supervision=mark.card)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        return False  # a person is at it just now; the next round looks again
    order = Order(Deed.SUPERVISE, uid=mark.uid)
    facts = {"level": mark.card.value}
    append_step(act, row, Deed.SUPERVISE, row.status, order, words=_WORDS, facts=facts)
    return True

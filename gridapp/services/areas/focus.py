"""What a grid takes up for a year: its first question and its theme (网格第一题 一格一品)."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.focusing import FOCUS_KIND, FOCUS_STATE, FocusKind, FocusState
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.chronicle import note_change
from gridapp.services.areas.hold import hold_tree
from gridapp.services.areas.open import id_of, open_area, wrong
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.verbs import verb
from gridapp.tables import Grid, GridFocus

_YEARS_BACK: Final = 10
_MOST: Final = 20


class FocusFacts(Facts):
    """Which year's, what it is, and how far it has come."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    kind: FocusKind
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), shown(2)]
    state: FocusState = FocusState.CHOSEN
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


@dataclass(frozen=True)
class FocusView:
    """A year's question or theme."""

    year: int
    kind: str
    kind_label: str
    title: str
    state: str
    state_label: str
    words: str
    version: int


@verb(Deed.SET_FOCUS, FocusFacts)
def set_focus(act: Act, order: Order, facts: FocusFacts) -> dict[str, Any]:
    """Write down a grid's question or theme of a year, or how far it has come.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: A year too far away, or done without a word on what came of it.
        ConflictError: Somebody has changed it meanwhile.
    """
    grid = open_area(act, order.subject, Deed.SET_FOCUS)
    hold_tree(act)
    this_year = beijing_date(act.now).year
    if not this_year - _YEARS_BACK <= facts.year <= this_year + 1:
        raise wrong("year", f"年份只能是{this_year - _YEARS_BACK}到{this_year + 1}年。")
    if facts.state in {FocusState.DONE, FocusState.DROPPED} and not facts.words:
        raise wrong("words", "请写明结果。")
    row: GridFocus | None = act.session.execute(
        select(GridFocus)
        .where(col(GridFocus.grid_id) == grid.id, col(GridFocus.year) == facts.year)
        .where(col(GridFocus.kind) == facts.kind)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if (order.version or 0) != (row.version if row else 0):
        taken = f"{facts.year}年的已经填过，请打开那一条来修改。"
        raise ConflictError(taken if not order.version else "刚有人改过，请刷新后再改。")
    before = _told(row) if row else {}
    if row is None:
        row = GridFocus(grid_id=id_of(grid), year=facts.year, kind=facts.kind, title="",
                        version=0, changed_at=act.now)  # fmt: skip
        act.session.add(row)
    row.title, row.state, row.words = facts.title, facts.state, facts.words
    row.version, row.changed_at = row.version + 1, act.now
    row.changed_by_id = act.actor.person_id
    act.session.flush()
    note_change(act, id_of(grid), Deed.SET_FOCUS, before, _told(row))
    return {"receipt": str(order.uid), "code": grid.code, "version": row.version}


def _told(row: GridFocus) -> dict[str, Any]:
    said = f"{row.year}年{FOCUS_KIND[row.kind]}：{row.title}（{FOCUS_STATE[row.state]}）"
    return {"title": said, "words": row.words}


def list_focus(act: Act, grid: Grid) -> tuple[FocusView, ...]:
    """List the questions and themes of a grid that is open already, this year's first."""
    rows = act.session.execute(
        select(GridFocus)
        .where(col(GridFocus.grid_id) == grid.id)
        .order_by(col(GridFocus.year).desc(), col(GridFocus.kind))
        .limit(_MOST)
    ).scalars()
    return tuple(
        FocusView(
            row.year, row.kind.value, FOCUS_KIND[row.kind], row.title, row.state.value,
            FOCUS_STATE[row.state], row.words, row.version,
        )
        for row in rows
    )  # fmt: skip

"""What the page of an import shows: the file, how it is read, and what would come of it."""

from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

import reflex as rx

from gridapp.domain.bounding import DATUM, Datum
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.admin.boundaries.preview import (
    ColumnChoice,
    GridChoice,
    ShapeRow,
    list_unsettled,
    name_grid,
    show_column,
    show_row,
    summary_of,
    worst_first,
)
from gridapp.screens.admin.boundaries.state import PAGE
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.staff import greet
from gridapp.screens.who import BOUNDARY_KEEPERS
from gridapp.services.boundaries.intake import write_hand
from gridapp.services.boundaries.lists import first_area, see_area
from gridapp.services.boundaries.plan import make_plan
from gridapp.services.boundaries.planned import Plan, PlanFacts
from gridapp.services.deeds import Done, do_deed, facts_of
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of

ROWS_MAX_COUNT: Final = 60
_HAND_MAX_COUNT: Final = 100
_GRIDS_MAX_COUNT: Final = 400
_BY_ITSELF: Final = "自动选择"


@dataclass(frozen=True)
class Asked:
    """How the file is to be read, and the dry run of it that was looked at last.

    Args:
        hand: Codes of grids by the number of the shape.
        column: In which names or codes stand; empty leaves the choice to the reader.
        join: Several shapes of one grid become one.
        lines: Closed lines are taken for areas.
        placed: Unlikely places are right.
        edition: Of the boundaries that the dry run looked at.
        uid: The id of its import.
    """

    file: str = ""
    turned: bool = False
    mend: bool = False
    sure: bool = False
    hand: dict[int, str] = field(default_factory=dict)
    column: str = ""
    join: bool = False
    lines: bool = False
    placed: bool = False
    edition: int = 0
    uid: str = ""

    def facts(self, datum: str) -> dict[str, Any]:
        """Give the facts of a plan."""
        return {
            "file": self.file, "datum": datum, "turned": self.turned, "mend": self.mend,
            "sure": self.sure, "by_hand": {str(key): code for key, code in self.hand.items()},
            "column": self.column, "join": self.join, "lines": self.lines, "placed": self.placed,
        }  # fmt: skip


class ImportState(SessionState):
    """A dry run, made anew after each answer; the import carries out what was seen last."""

    is_ready: bool = False
    grid: str = ""
    grid_name: str = ""
    file_name: str = ""
    datum: str = Datum.WGS84.value
    summary: str = ""
    questions: list[str] = []
    notes: list[str] = []
    better: str = ""
    asks: list[str] = []
    rows: list[ShapeRow] = []
    grids: list[GridChoice] = []
    columns: list[ColumnChoice] = []
    column: str = ""
    picture: str = ""
    done: str = ""
    _asked: Asked = Asked()

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def load(self) -> None:
        """Open the page for the grid that the address names."""
        await greet(self)
        asked = self.router.url.query_parameters.get("grid", "")[:32]
        code = asked or await look(self, first_area) or ""
        found = await look(self, see_area, code)
        if found is None:
            return
        self.grid, self.grid_name = found.code, found.name
        self._begin("")
        self.is_ready = True

    def _begin(self, sha256: str) -> None:
        self.file_name = self.summary = self.better = self.picture = self.done = ""
        self.questions, self.notes, self.asks, self.rows, self.grids = [], [], [], [], []
        self.columns, self.column = [], ""
        self._asked = Asked(file=sha256)

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def receive(self, sha256: str, called: str) -> None:
        """Read the file that has just been sent."""
        self._begin(sha256[:64])
        self.file_name = called[:120]
        await self._plan()

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def choose_datum(self, datum: str) -> None:
        """Read the file as it is in another datum."""
        self.datum = datum if datum in set(Datum) else self.datum
        self._asked = replace(self._asked, sure=False, placed=False)
        await self._plan()

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def choose_column(self, key: str) -> None:
        """Read names or codes from another column; what was answered before is asked again."""
        self.column = key[:40]
        self._asked = replace(self._asked, column=self.column, join=False, placed=False)
        await self._plan()

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def answer(self, what: str) -> None:
        """Answer a question; what changes shapes or positions lets their places be asked again."""
        if what == "better":
            self.datum = self.better or self.datum
        asked = self._asked
        self._asked = replace(
            asked,
            sure=asked.sure or what == "sure",
            turned=asked.turned or what == "turned",
            mend=asked.mend or what == "mend",
            join=asked.join or what == "join",
            lines=asked.lines or what == "lines",
            placed=what == "placed" or (asked.placed and what in {"sure", "mend"}),
        )
        await self._plan()

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def assign(self, number: int, code: str) -> None:
        """Assign a shape by hand; ``-`` leaves it out, nothing undoes it."""
        hand = {key: value for key, value in self._asked.hand.items() if key != number}
        if code and len(hand) < _HAND_MAX_COUNT:
            hand[number] = "" if code == "-" else code[:32]
        self._asked = replace(self._asked, hand=hand, placed=False)
        await self._plan()

    @rx.event
    @allow(*BOUNDARY_KEEPERS)
    async def carry_out(self) -> None:
        """Import what was seen; a second tap finds it done."""
        if not self._asked.uid or self.done:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        facts = self._asked.facts(self.datum)
        facts |= {"edition": self._asked.edition, "file_name": self.file_name}
        order = Order(Deed.IMPORT_BOUNDARIES, self.grid, facts, uid=uid_of(self._asked.uid))
        done = await do(self, _import, order)
        if done is not None:
            self.done = f"已导入{done.reply['count']}个网格的边界。"
        else:
            await self._plan(keep_notice=True)

    async def _plan(self, *, keep_notice: bool = False) -> None:
        """Make the dry run anew and show it; each has an id of its own for its import."""
        if not self._asked.file:
            return
        if not keep_notice:
            session = await self.get_state(SessionState)
            session.notice = session.notice_code = ""
        plan = await look(self, _look, self.grid, self._asked.facts(self.datum))
        if plan is None:
            self.summary, self.rows, self.picture, self.questions = "", [], "", []
            self._asked = replace(self._asked, uid="")
            return
        self._asked = replace(self._asked, edition=plan.edition, uid=str(uuid4()))
        self._show(plan)

    def _show(self, plan: Plan) -> None:
        asked = self._asked
        self.better = plan.better[0].datum.value if plan.better and not asked.sure else ""
        self.questions, self.notes = list(plan.questions), list(plan.notes)
        crossing = any(row.mended and row.mended.is_mended for row in plan.taken)
        asks = {
            "turned": plan.is_turned,
            "better": bool(self.better),
            "lines": bool(plan.enclosed_count) and not asked.lines,
            "join": bool(plan.pieces) and not asked.join,
            "mend": crossing and not asked.mend,
            "placed": bool(plan.doubts) and not asked.placed and not self.better,
        }
        self.asks = [name for name, is_asked in asks.items() if is_asked]
        self.summary = summary_of(plan)
        unsettled = list_unsettled(plan)
        self.rows = [
            show_row(row, is_settled=row.number not in unsettled)
            for row in worst_first(plan, unsettled)[:ROWS_MAX_COUNT]
        ]
        self.grids = [GridChoice(one.code, name_grid(one)) for one in plan.grids[:_GRIDS_MAX_COUNT]]
        self.columns = [ColumnChoice("", _BY_ITSELF), *map(show_column, plan.columns)]
        self.picture = _picture(self.grid, self.datum, self._asked)


def _import(act: Act, order: Order) -> Done:
    return do_deed(act, order)


def _look(act: Act, grid: str, facts: dict[str, Any]) -> Plan:
    model = facts_of(PlanFacts, facts)
    assert isinstance(model, PlanFacts)
    return make_plan(act, grid, model)


def _picture(grid: str, datum: str, asked: Asked) -> str:
    """Give the address of the picture of the same dry run."""
    query: dict[str, str] = {"grid": grid, "file": asked.file, "datum": datum}
    answers = {"turned": asked.turned, "join": asked.join, "lines": asked.lines}
    query |= {name: "true" for name, is_so in answers.items() if is_so}
    query |= {"hand": write_hand(asked.hand)} if asked.hand else {}
    query |= {"column": asked.column} if asked.column else {}
    return f"/api/v1/boundaries/plan.svg?{urlencode(query, safe=':,')}"


DATUM_CHOICES: Final = [(datum.value, label) for datum, label in DATUM.items()]
BACK: Final = PAGE

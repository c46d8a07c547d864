"""The pictures that staff may look at: a map to print, what an import would do, what is wrong."""

from typing import Final

from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.check import check_boundaries
from gridapp.services.boundaries.ledger import Standing, standing, standing_of
from gridapp.services.boundaries.picture import Look, Piece, Pin, draw_picture
from gridapp.services.boundaries.plan import make_plan
from gridapp.services.boundaries.planned import PlanFacts, Row
from gridapp.services.desk import Act
from gridapp.services.permit import open_grid
from gridapp.tables import Grid

SCHEMATIC_NOTE: Final = "示意图，不代表实际边界"


def picture_of_map(act: Act, code: str) -> str:
    """Draw the grids right below one, within its own boundary.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    top = open_grid(act, code, Deed.SEE_AREA)
    below = _below(act, top)
    return draw_picture(top.name, _pieces(act, top, below), note=_note(below))


def picture_of_check(act: Act, code: str) -> str:
    """Draw the grids right below one with every gap and overlap marked.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    top = open_grid(act, code, Deed.SEE_AREA)
    below = _below(act, top)
    pins = [Pin(str(one.number), one.shape) for one in check_boundaries(act, code).faults]
    title = f"{top.name}：边界检查"
    # The largest is drawn last, so that its number stays on top.
    return draw_picture(title, _pieces(act, top, below), pins[::-1], note=_note(below))


def picture_of_plan(act: Act, code: str, facts: PlanFacts) -> str:
    """Draw what an import would do: taken shapes in blue, the others pale.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: The file has been cleared away.
        BoundaryFileError: The file cannot be read.
    """
    plan = make_plan(act, code, facts)
    top = open_grid(act, code, Deed.SEE_AREA)
    assert top.id is not None
    frame = standing_of(act, top.id)
    pieces = [_piece(row, top.name) for row in plan.rows if row.mended is not None]
    if frame is not None and not any(
        row.target and row.target.grid_id == top.id for row in plan.taken
    ):
        pieces.append(Piece(frame.shape, look=Look.FRAME))
    return draw_picture(f"{top.name}：导入预览", pieces)


def _piece(row: Row, above: str) -> Piece:
    assert row.mended is not None
    if row.target is None:
        return Piece(row.mended.shape, row.label, Look.UNKNOWN)
    return Piece(row.mended.shape, _short(row.target.name, above), Look.CHANGED)


def _below(act: Act, top: Grid) -> list[Standing]:
    return standing(act, col(Grid.parent_id) == top.id)


def _pieces(act: Act, top: Grid, below: list[Standing]) -> list[Piece]:
    pieces = [
        Piece(
            one.shape,
            _short(one.name, top.name),
            Look.SCHEMATIC if one.is_schematic else Look.PLAIN,
        )
        for one in below
    ]
    assert top.id is not None
    frame = standing_of(act, top.id)
    if frame is not None:
        pieces.append(Piece(frame.shape, "" if below else top.name, Look.FRAME))
    return pieces


def _short(name: str, above: str) -> str:
    """Leave out what the title says already, as in 南大街第一网格 of 南大街社区."""
    stem = above.removesuffix("社区").removesuffix("街道")
    return name.removeprefix(above).removeprefix(stem) or name


def _note(below: list[Standing]) -> str:
    return SCHEMATIC_NOTE if any(one.is_schematic for one in below) else ""

"""The dry run of an import as rows, choices and a sentence."""

from dataclasses import dataclass
from typing import Final

from gridapp.services.boundaries.columns import Column
from gridapp.services.boundaries.directory import Target
from gridapp.services.boundaries.matching import How
from gridapp.services.boundaries.planned import Plan, Row

_HOW: Final = {How.CODE: "按编码", How.NAME: "按名称", How.HAND: "手工指定", How.NOT: ""}


@dataclass(frozen=True)
class ShapeRow:
    """A shape of the file as a cell shows it."""

    number: int
    label: str
    grid: str
    context: str
    is_taken: bool
    is_settled: bool


@dataclass(frozen=True)
class GridChoice:
    """A grid to which a shape may be assigned by hand."""

    code: str
    name: str


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the file in which names may stand."""

    key: str
    label: str


def summary_of(plan: Plan) -> str:
    """Say how many shapes found a grid."""
    taken = plan.taken
    new = sum(row.is_new for row in taken)
    left = len(plan.rows) - len(taken)
    kinds = f"（{new}个新增，{len(taken) - new}个替换）"
    told = f"文件里有{len(plan.rows)}个图形，{len(taken)}个找到了网格{kinds}"
    return f"{told}，{left}个不导入。" if left else f"{told}。"


def list_unsettled(plan: Plan) -> set[int]:
    """List the shapes at which a person may look again: no grid, one of several, unlikely."""
    several = {number for one in plan.pieces for number in one.numbers}
    lacking = {row.number for row in plan.rows if row.target is None}
    return several | lacking | {one.number for one in plan.doubts}


def worst_first(plan: Plan, unsettled: set[int]) -> list[Row]:
    """Put what a person must look at first."""
    return sorted(plan.rows, key=lambda row: (row.number not in unsettled, row.number))


def name_grid(one: Target) -> str:
    """Name a grid with the one above it, unless its own name says so."""
    known = one.above.removesuffix("社区").removesuffix("街道")
    return one.name if not known or one.name.startswith(known) else f"{one.name}（{one.above}）"


def show_column(one: Column) -> ColumnChoice:
    """Show a column with what stands in it."""
    return ColumnChoice(one.key, f"{one.key}（{'、'.join(one.examples)}）")


def show_row(row: Row, *, is_settled: bool) -> ShapeRow:
    """Show a shape with what the file says of it."""
    told = [f"第{row.number}个图形"]
    told += [row.above] if row.above else []
    grid = name_grid(row.target) if row.target else ""
    if row.target is not None:
        told.append(_HOW[row.how] if is_settled else f"{_HOW[row.how]}对应{grid}")
    told += [row.problem] if row.problem else []
    told += row.mended.notes if row.mended else ()
    return ShapeRow(
        row.number, row.label or "没有名称", grid, "，".join(told),
        row.target is not None, is_settled,
    )  # fmt: skip

"""What the pages of boundaries show in a cell."""

from dataclasses import dataclass

from gridapp.services.boundaries.check import FAULT, Fault
from gridapp.services.boundaries.lists import AreaView, BatchView, StepView, area_words


@dataclass(frozen=True)
class Step:
    """A grid on the way down."""

    code: str
    name: str


@dataclass(frozen=True)
class AreaRow:
    """A grid as a cell shows it."""

    code: str
    name: str
    context: str
    state: str
    version: int
    has_below: bool


@dataclass(frozen=True)
class BatchRow:
    """An import or sketch as a cell shows it."""

    id: int
    label: str
    when: str
    may_undo: bool


@dataclass(frozen=True)
class FaultRow:
    """A gap or overlap as a cell shows it."""

    number: int
    label: str
    area: str


def step_of(view: StepView) -> Step:
    """Make a step."""
    return Step(view.code, view.name)


def area_of(view: AreaView) -> AreaRow:
    """Make the cell of a grid."""
    told = [view.level]
    if view.version:
        told += [view.area_words, view.when]
    if view.child_count:
        told.append(f"下有{view.child_count}个网格")
    return AreaRow(
        view.code, view.name, " · ".join(told), view.source or "没有边界", view.version,
        view.child_count > 0,
    )  # fmt: skip


def batch_of(view: BatchView) -> BatchRow:
    """Make the cell of an import."""
    return BatchRow(view.id, view.label, view.when, view.may_undo)


def fault_of(fault: Fault) -> FaultRow:
    """Make the cell of a gap or overlap."""
    where = "与".join(fault.names)
    label = f"{FAULT[fault.kind]}：{where}" if where else FAULT[fault.kind]
    return FaultRow(fault.number, label, area_words(fault.area_m2))

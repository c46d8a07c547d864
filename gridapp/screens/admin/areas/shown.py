"""What the pages of the tree show of a grid, ready to be read."""

from dataclasses import dataclass

from gridapp.services.areas.chronicle import ChangeView
from gridapp.services.areas.focus import FocusView
from gridapp.services.areas.lines import LineContactView
from gridapp.services.areas.read import AreaView
from gridapp.services.areas.tree import AreaRow


@dataclass(frozen=True)
class TreeRow:
    """A line of the tree: a grid, or the way to those of its brothers that are not yet shown.

    Args:
        depth: How far it is set in, as a class of the stylesheet.
        opens: The words of the button that shows what is below; empty for a leaf.
        after: On a line that leads on, behind which code; ``code`` is then the grid above.
    """

    code: str
    name: str
    context: str
    place: str
    kind: str
    beyond: str
    depth: str
    opens: str
    is_open: bool
    after: str = ""


def tree_row(row: AreaRow, depth: int = 0) -> TreeRow:
    """Take from a grid what a line of the tree shows."""
    counts = [f"{row.building_count}栋"] if row.building_count else []
    counts += [f"{row.household_count}户"] if row.household_count else []
    parts = [row.level, *counts]
    return TreeRow(
        code=row.code,
        name=row.name,
        context=" · ".join(parts),
        place=f"在{row.found}" if row.found else row.place,
        kind="已停用" if row.is_retired else row.kind,
        beyond=row.beyond,
        depth=f"tree-{min(depth, 4)}",
        opens=f"{row.child_count}个下级" if row.child_count else "",
        is_open=False,
    )


def more_row(above: str, after: str, depth: int, left: int) -> TreeRow:
    """Make the line that leads on to the next page of a level."""
    words = f"再看{min(left, 30)}个，还有{left}个"
    return TreeRow(above, words, "", "", "", "", f"tree-{min(depth, 4)}", "", False, after)  # noqa: FBT003 - its place says it


@dataclass(frozen=True)
class AboveRow:
    """A grid above."""

    code: str
    name: str


@dataclass(frozen=True)
class LineRow:
    """A business line and who answers for it."""

    line: str
    name: str
    who: str
    context: str
    version: int
    own_name: str
    phone: str
    organisation: str


def line_row(view: LineContactView) -> LineRow:
    """Take from a contact what the page shows; what comes from above is no value of a form."""
    parts = [view.organisation, f"随「{view.above}」" if view.above else ""]
    own = not view.above
    return LineRow(
        line=str(view.line),
        name=view.line_name,
        who=f"{view.name} {view.phone}".strip() or "还没有填",
        context=" · ".join(part for part in parts if part),
        version=view.version,
        own_name=view.name if own else "",
        phone=view.phone if own else "",
        organisation=view.organisation if own else "",
    )


@dataclass(frozen=True)
class FocusRow:
    """A question or theme of a year."""

    key: str
    title: str
    context: str
    words: str
    year: str
    kind: str
    state: str
    name: str
    version: int


def focus_row(view: FocusView) -> FocusRow:
    """Take from a question or theme what the page shows."""
    return FocusRow(
        key=f"{view.year} {view.kind}",
        title=f"{view.year}年{view.kind_label}：{view.title}",
        context=view.state_label,
        words=view.words,
        year=str(view.year),
        kind=view.kind,
        state=view.state,
        name=view.title,
        version=view.version,
    )


@dataclass(frozen=True)
class PairRow:
    """A grid with which this one works together."""

    code: str
    name: str
    context: str


@dataclass(frozen=True)
class ChangeRow:
    """A change in the history."""

    key: str
    what: str
    when: str
    words: str


def change_row(view: ChangeView) -> ChangeRow:
    """Take from a change what the page shows."""
    return ChangeRow(str(view.id), view.label, f"{view.when} · {view.by}", "\n".join(view.words))


@dataclass(frozen=True)
class BuildingLine:
    """A building of the grid."""

    key: str
    name: str
    context: str


@dataclass(frozen=True)
class AreaFace:
    """What stands at the head of a grid's page."""

    code: str = ""
    name: str = ""
    level: str = ""
    kind: str = ""
    households: str = ""
    buildings: str = ""
    cases: str = ""
    beyond: str = ""
    retired: str = ""
    into_code: str = ""
    into_name: str = ""
    is_kind_shown: bool = False


def face_of(view: AreaView) -> AreaFace:
    """Take from a grid what its head shows."""
    return AreaFace(
        code=view.code,
        name=view.name,
        level=view.level_label,
        kind=view.kind_label,
        households=f"{view.household_count}户" if view.household_count else "还没有登记",
        buildings=f"{view.building_count}栋" if view.building_count else "没有",
        cases=f"{view.open_case_count}件",
        beyond=f"{view.rule}，现在{view.beyond}" if view.beyond else "",
        retired=view.retired,
        into_code=view.into.code if view.into else "",
        into_name=view.into.name if view.into else "",
        is_kind_shown=len(view.kinds) > 1,
    )

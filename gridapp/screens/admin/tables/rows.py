"""What the pages of imports show: flat rows, ready to be read."""

from dataclasses import dataclass
from typing import Final

from gridapp.domain.vocabulary import WorkKind, WorkState
from gridapp.services.imports.lines import LineView
from gridapp.services.imports.looks import HeadingView
from gridapp.services.imports.views import ImportView

FATE: Final = {"bad": "有问题", "new": "新增", "changed": "更新", "same": "不变", "kept": "不修改"}
_DOING: Final = {
    WorkKind.CHECK_IMPORT.value: "正在逐行检查",
    WorkKind.IMPORT.value: "正在导入",
    WorkKind.UNDO_IMPORT.value: "正在撤销",
}
_FAILED: Final = {
    WorkKind.CHECK_IMPORT.value: "检查没有完成",
    WorkKind.IMPORT.value: "导入没有完成，什么都没有写入",
    WorkKind.UNDO_IMPORT.value: "没有撤销",
}
_OPEN: Final = frozenset({WorkState.WAITING.value, WorkState.RUNNING.value})
_BROKEN_OFF: Final = "已中断，正在恢复"
_WAITING: Final = "前面还有别的任务，轮到就开始"
_STOPPED: Final = "已按您的要求停下，什么都没有写入。"


@dataclass(frozen=True)
class FileRow:
    """A brought file, as its page and the list show it."""

    uid: str = ""
    kind: str = ""
    title: str = ""
    context: str = ""
    state: str = ""
    state_label: str = ""
    version: int = 0
    counts: str = ""
    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    bad: int = 0
    total: int = 0
    is_own: bool = False
    is_gone: bool = False
    can_undo: bool = False
    is_working: bool = False
    doing: str = ""
    is_late: bool = False
    alive: str = ""
    done_words: str = ""
    done_count: int = 0
    all_count: int = 0
    failed: str = ""
    fault: str = ""


def file_row(view: ImportView) -> FileRow:
    """Give a file as it is shown."""
    is_working = view.work_state in _OPEN
    return FileRow(
        uid=view.uid, kind=view.kind_label, title=view.name,
        context=f"{view.kind_label}，{view.person}，{view.brought_words}",
        state=view.state, state_label=_doing(view) if is_working else view.state_label,
        version=view.version, counts=_counts(view), new=view.new_count,
        changed=view.changed_count, same=view.same_count, kept=view.kept_count,
        bad=view.bad_count,
        total=view.row_count, is_own=view.is_own, is_gone=view.is_gone, can_undo=view.can_undo,
        is_working=is_working, doing=_doing(view) if is_working else "",
        is_late=view.is_late, alive=view.alive_words,
        done_words=_done_words(view) if is_working else "", done_count=view.done_count,
        all_count=view.total_count, failed=_failed(view), fault=_fault(view),
    )  # fmt: skip


def _doing(view: ImportView) -> str:
    return _BROKEN_OFF if view.is_late else _DOING[view.work]


def _counts(view: ImportView) -> str:
    if not view.row_count:
        return ""
    told = f"共{view.row_count}行，新增{view.new_count}，更新{view.changed_count}，"
    told += f"不变{view.same_count}"
    told += f"，不修改{view.kept_count}" if view.kept_count else ""
    return f"{told}，有问题{view.bad_count}" if view.bad_count else told


def _done_words(view: ImportView) -> str:
    if view.work_state == WorkState.WAITING.value:
        return _WAITING
    if not view.total_count:
        return "正在读取文件"
    return f"{view.done_count:,} / {view.total_count:,} 行"


def _failed(view: ImportView) -> str:
    is_over = view.work_state in {WorkState.FAILED.value, WorkState.CANCELLED.value}
    return _FAILED.get(view.work, "") if is_over else ""


def _fault(view: ImportView) -> str:
    return _STOPPED if view.work_state == WorkState.CANCELLED.value else view.work_fault


@dataclass(frozen=True)
class HeadingRow:
    """One of the street's columns, and which of ours it is."""

    field: str
    heading: str
    samples: str
    column: str


def heading_row(view: HeadingView) -> HeadingRow:
    """Give a heading as it is shown."""
    heading = view.heading or f"第{view.place + 1}列（没有列名）"
    return HeadingRow(f"place-{view.place}", heading, view.samples or "（空）", view.column)


@dataclass(frozen=True)
class LineRow:
    """A line of the file: what it says, and what would come of it."""

    line: int
    head: str
    fate: str
    label: str
    reason: str
    changes: list[str]


def line_row(view: LineView) -> LineRow:
    """Give a line as it is shown."""
    changes = [f"{d.column}：{d.before or '空'} → {d.after or '空'}" for d in view.differences]
    return LineRow(view.line, view.head, view.fate, FATE[view.fate], view.reason, changes)

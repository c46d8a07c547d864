"""Says in lines what is open of a post or a department, before it goes to somebody else."""

from collections.abc import Iterable

from gridapp.services.people.open_work import OpenWorkView
from gridapp.services.units.retire import UnitWorkView


def work_lines(views: Iterable[OpenWorkView]) -> list[str]:
    """Say what is open of posts, line by line; of several, each is named first."""
    told = list(views)
    return [
        f"{view.post_words}：{line}" if len(told) > 1 else line
        for view in told
        for line in _lines(view)
    ]


def _lines(view: OpenWorkView) -> list[str]:
    counts = [
        _cases(view.cases_count, view.late_count, view.held_count),
        _some("联系户", view.households_count, "户"),
        _some("到期走访", view.visits_count, "户"),
        _some("未转事件的随手记", view.notes_count, "条"),
        _some("排好的夜巡", view.nights_count, "晚"),
    ]
    open_lines = [count for count in counts if count] or ["没有未完成的工作"]
    others = "、".join(view.others)
    return [*open_lines, f"同岗位还有{others}" if others else "同岗位没有别人"]


def _some(label: str, count: int, unit: str) -> str:
    return f"{label}{count}{unit}" if count else ""


def _cases(count: int, late: int, held: int = 0) -> str:
    if not count:
        return ""
    told = [f"其中{late}件超期"] if late else []
    told += [f"{held}件由本人接单"] if held else []
    return f"未办结的事件{count}件" + (f"（{'，'.join(told)}）" if told else "")


def unit_work_lines(view: UnitWorkView) -> list[str]:
    """Say what hangs on a department, a line each."""
    lines = [
        _cases(view.cases_count, view.late_count),
        _some("默认派给这里的分类", view.categories_count, "个"),
        _some("包联的网格", view.grids_count, "个"),
        _some("经办人", view.officers_count, "名"),
    ]
    return [line for line in lines if line] or ["没有未办结的事件"]

"""What a person must answer before an import; one with open questions is refused."""

from collections.abc import Iterator
from typing import Final

from gridapp.domain.bounding import DATUM
from gridapp.services.boundaries.planned import Plan, PlanFacts, Row

_CHINA: Final = (70.0, 0.0, 140.0, 56.0)
_SHOWN_MAX_COUNT: Final = 5


def questions_of(plan: Plan, facts: PlanFacts) -> tuple[str, ...]:
    """List what is open, each a sentence; lines are told of before all that follows from them."""
    asked = [*_of_lines(plan, facts), *_of_places(plan, facts), *_of_shapes(plan, facts)]
    if not plan.taken and not any(row.is_line for row in plan.rows):
        asked.append(
            "没有一个图形找到对应的网格。请检查上级网格选得对不对，在上面另选名称所在的一列，"
            "或在下面逐个指定。"
        )
    return tuple(asked)


def _of_places(plan: Plan, facts: PlanFacts) -> Iterator[str]:
    if plan.is_turned:
        yield "经度和纬度像是写反了。确认后按「纬度在前」读取。"
        return
    if plan.better is not None and not facts.sure:
        best, said = plan.better
        yield (
            f"坐标像是偏移了：按{DATUM[said.datum]}，{said.known_count}栋已知的楼只有"
            f"{said.inside_count}栋落在自己的网格里；按{DATUM[best.datum]}有{best.inside_count}栋。"
            "请核对坐标系。"
        )
    elif far := _far_off(plan):
        yield far
    elif plan.doubts and not facts.placed:
        shown = plan.doubts[:_SHOWN_MAX_COUNT]
        told = "；".join(f"第{one.number}个图形「{one.name}」{one.why}" for one in shown)
        more = "等" if len(plan.doubts) > _SHOWN_MAX_COUNT else ""
        yield (
            f"{len(plan.doubts)}个边界的位置或大小不像（{told}{more}）。"
            "请对照图样和名称；确实没有错，再确认。"
        )


def _of_lines(plan: Plan, facts: PlanFacts) -> Iterator[str]:
    lines = [row for row in plan.rows if row.is_line]
    if plan.enclosed_count and not facts.lines:
        yield (
            f"文件里有{len(lines)}个图形是线，不是面，其中{plan.enclosed_count}个首尾相接，"
            "可以当作网格的边界。"
        )
    elif lines and not plan.taken:
        yield (
            f"文件里有{len(lines)}个图形是线，不是面，没有一个找到网格。"
            "请在制图软件里转成面，或在下面逐个指定。"
        )


def _of_shapes(plan: Plan, facts: PlanFacts) -> Iterator[str]:
    if plan.pieces and not facts.join:
        told = "；".join(one.words for one in plan.pieces[:_SHOWN_MAX_COUNT])
        yield f"{told}。如果是同一个网格的几块，请合成一个；不是的，在下面逐个指定或不导入。"
    if broken := [row for row in plan.rows if row.is_broken]:
        told = "；".join(f"{_name(row)}：{row.problem}" for row in broken[:_SHOWN_MAX_COUNT])
        yield f"{len(broken)}个图形有误（{told}）。请改好文件再来，或在下面选「不导入」。"
    crossing = [row for row in plan.taken if row.mended and row.mended.is_mended]
    if crossing and not facts.mend:
        names = "、".join(_name(row) for row in crossing[:_SHOWN_MAX_COUNT])
        yield (
            f"{len(crossing)}个边界与自己相交（{names}）。"
            "请对照图样，同意用修补后的形状，或改好文件再来。"
        )


def _far_off(plan: Plan) -> str:
    west, south, east, north = _CHINA
    for row in plan.taken:
        bounds = row.shape.bounds if row.shape is not None else _CHINA
        if bounds[0] < west or bounds[2] > east or bounds[1] < south or bounds[3] > north:
            return f"{_name(row)}不在中国境内，请检查坐标。"
    return ""


def _name(row: Row) -> str:
    called = row.target.name if row.target else row.label
    return f"第{row.number}个图形{f'「{called}」' if called else ''}"

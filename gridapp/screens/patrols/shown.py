"""Turns what the services tell of patrols into the words that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from gridapp.domain.indicators import Rate
from gridapp.domain.vocabulary import Source
from gridapp.services.patrols.coverage import CoverageView, DayView, PointCoverageView
from gridapp.services.patrols.retired import RetiredPointView
from gridapp.services.patrols.said import SaidView
from gridapp.services.patrols.see_nights import NightView
from gridapp.services.patrols.see_points import PointView
from gridapp.ui.figures import Tile

_WEEKDAYS: Final = "一二三四五六日"
_FORMULA: Final = "按期巡查率 = 已看次数 ÷ 应看次数"
_COUNTED: Final = (
    "应看次数是每个点位的天数除以间隔，取整；已看次数是有人到过的天数，每个点位不超过应看次数。"
)


@dataclass(frozen=True)
class DayCell:
    """One day of one point: a mark, and the words for who hears the page."""

    on: str
    mark: str
    said: str
    is_today: bool


@dataclass(frozen=True)
class PointRow:
    """A point's row of the calendar."""

    point: str
    name: str
    context: str
    days: list[DayCell]


@dataclass(frozen=True)
class DayHead:
    """A day's column: its number, and how many of how many points were seen."""

    on: str
    label: str
    seen: str
    is_today: bool


@dataclass(frozen=True)
class GridRow:
    """A grid's sum."""

    code: str
    name: str
    rate: str
    of: str
    points: int


@dataclass(frozen=True)
class EditRow:
    """A point in the list in which it is changed."""

    point: str
    version: int
    name: str
    context: str
    every_days: int


@dataclass(frozen=True)
class SaidRow:
    """Words of a check-in, with where and by whom they were written."""

    key: str
    words: str
    context: str
    case_no: str
    may_promote: bool


@dataclass(frozen=True)
class RetiredRow:
    """A point out of use, with who took it out and why."""

    point: str
    version: int
    name: str
    context: str
    why: str


@dataclass(frozen=True)
class NightRow:
    """A night of patrol."""

    night: str
    version: int
    grid_code: str
    theme: str
    when: str
    who: str
    is_cancelled: bool
    may_staff: bool


def day_words(day: date) -> str:
    """Say a day: 11月22日 周日."""
    return f"{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def share_words(kept: int, due: int) -> tuple[str, str]:
    """Say a share and what it was divided from."""
    return (Rate(kept, due).percent if due else "暂无", f"{kept}/{due}")


def findings_href(view: CoverageView, grid: str) -> str:
    """Give the list of what was found on patrols in the period."""
    days = {"from": view.from_on.isoformat(), "to": view.to_on.isoformat()}
    asked = {"tab": "all", "due": "", "source": Source.PATROL.value, "grid": grid, **days}
    return f"/desk?{urlencode(asked)}"


def tile_of(view: CoverageView) -> Tile:
    """Show the share with its formula."""
    rate, of = share_words(view.kept_count, view.due_count)
    return Tile("按期巡查率", rate, of, _FORMULA, _COUNTED, not view.due_count)


def heads_of(view: CoverageView) -> list[DayHead]:
    """Give the columns; the page asks for the days up to today, so the last one is today."""
    return [
        DayHead(
            day.on.isoformat(),
            f"{day.on.month}/{day.on.day}",
            f"{day.seen_count}/{day.point_count}" if day.point_count else "",
            day.on == view.to_on,
        )
        for day in view.days
    ]


def rows_of(view: CoverageView) -> list[PointRow]:
    """Give the rows."""
    return [_row(point, view.to_on) for point in view.points]


def _row(point: PointCoverageView, today: date) -> PointRow:
    found = f"，发现{point.finding_count}件" if point.finding_count else ""
    context = f"每{point.every_days}天，{point.kept_count}/{point.due_count}{found}"
    return PointRow(
        str(point.point), point.name, context, [_cell(day, today) for day in point.days]
    )


def _cell(day: DayView, today: date) -> DayCell:
    mark, said = ("●", "已看") if day.is_seen else ("○", "没看")
    if not day.is_open:
        mark, said = "", "还没有这个点位"
    return DayCell(day.on.isoformat(), mark, said, day.on == today)


def grids_of(view: CoverageView) -> list[GridRow]:
    """Give the grids, in the order of their codes: this is no league table."""
    return [
        GridRow(g.code, g.name, *share_words(g.kept_count, g.due_count), g.point_count)
        for g in view.grids
    ]


def edits_of(points: Iterable[PointView]) -> list[EditRow]:
    """Give the points for the list in which they are changed."""
    return [
        EditRow(
            str(point.point),
            point.version,
            point.name,
            "，".join(filter(None, (point.grid, point.place, f"每{point.every_days}天看一次"))),
            point.every_days,
        )
        for point in points
    ]


def said_of(said: Iterable[SaidView]) -> list[SaidRow]:
    """Give what was written at check-ins."""
    return [
        SaidRow(
            str(one.id), one.words, _listed(one.place, one.grid, one.on_words, one.by),
            one.case_no, one.may_promote,
        )
        for one in said
    ]  # fmt: skip


def _listed(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def retired_of(points: Iterable[RetiredPointView]) -> list[RetiredRow]:
    """Give the points out of use."""
    return [
        RetiredRow(
            str(point.point), point.version, point.name,
            _listed(point.grid, f"{point.when}停用", point.by, point.missed_words),
            f"原因：{point.why}",
        )
        for point in points
    ]  # fmt: skip


def nights_of(nights: Iterable[NightView]) -> list[NightRow]:
    """Give the nights ahead."""
    return [
        NightRow(
            night=str(night.night),
            version=night.version,
            grid_code=night.grid_code,
            theme=night.theme,
            when=f"{day_words(night.night_on)} {night.starts}至{night.ends}，{night.grid}",
            who="、".join(
                f"{duty.name}（求人顶班）" if duty.wants_cover else duty.name
                for duty in night.duties
            )
            or "还没排人",
            is_cancelled=night.is_cancelled,
            may_staff=night.may_staff,
        )
        for night in nights
    ]

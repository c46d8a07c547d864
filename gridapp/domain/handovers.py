"""What is said of a handover, to whoever agrees it and to the two it is about (交接)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from gridapp.domain.clockwords import day_words

_AT_ONCE: Final = "确认后马上移交：已接单的事件和以后的夜巡一并转过去。"
_AHEAD: Final = (
    "到{day}那天移交：已接单的事件在那之前由原任接着办，到那天自动转过去，"
    "期间新接的也一并转；那天以后的夜巡现在就转。"
)
_WAITS: Final = "{day}起由{to}接任，已接单的事件到那天移交"
_COMES: Final = "接替{of}，已接单的事件{day}移交过来"
_MOVED: Final = "已移交给{to}，已接单的事件{count}件"
_CAME: Final = "接替{of}，转来已接单的事件{count}件"
_NOT_MOVED: Final = "没有移交给{to}：{why}"
_WILL_NOT: Final = "{day}不会移交给{to}：{why}"
_TO_SUCCESSOR: Final = "您{day}起接任{post}{work}。"
_TO_LEAVER: Final = "{post}{day}起由{to}接任，您已接单的事件{count}件已移交。"
_TO_LEAVER_EMPTY: Final = "{post}{day}起由{to}接任，您没有要移交的事件。"
_TO_ALL: Final = "{post}没有由{of}移交给{to}：{why}。已接单的事件{count}件仍在{of}名下。"


class HandoverEnd(StrEnum):
    """What became of a handover that was dated ahead."""

    MOVED = "moved"
    TAKEN_BACK = "taken_back"
    SUCCESSOR_GONE = "successor_gone"
    STAYS = "stays"


_WHY: Final = {
    HandoverEnd.TAKEN_BACK: "接任的岗位已撤回或结束",
    HandoverEnd.SUCCESSOR_GONE: "接任的人已停用",
    HandoverEnd.STAYS: "原任仍在这个岗位上",
}


def preview_words(first_on: date, today: date) -> str:
    """Say when the work goes along, before it is agreed."""
    if first_on <= today:
        return _AT_ONCE
    year = "" if first_on.year == today.year else f"{first_on.year}年"
    return _AHEAD.format(day=f"{year}{first_on.month}月{first_on.day}日")


def leaver_words(  # noqa: PLR0913 - what there is to say
    now: datetime, first_on: date, to: str, end: HandoverEnd | None, count: int, *, is_over: bool
) -> str:
    """Say beside the leaver's post what becomes of it, or what became.

    Args:
        now: From when it is seen.
        first_on: The successor's first day.
        to: The successor's name.
        end: What became of it; ahead of the day, what stands in its way.
        count: How many cases went along.
        is_over: Whether the day has come.
    """
    day = day_words(now, first_on)
    if end is None:
        return _WAITS.format(day=day, to=to)
    if end is HandoverEnd.MOVED:
        return _MOVED.format(to=to, count=count)
    return (_NOT_MOVED if is_over else _WILL_NOT).format(day=day, to=to, why=_WHY[end])


def successor_words(
    now: datetime, first_on: date, of: str, end: HandoverEnd | None, count: int
) -> str:
    """Say beside the successor's post whom they follow; nothing of a post that came to nothing."""
    if end is None:
        return _COMES.format(of=of, day=day_words(now, first_on))
    return _CAME.format(of=of, count=count) if end is HandoverEnd.MOVED else ""


def message_to_successor(day: str, post: str, cases: int, nights: int) -> str:
    """Tell the successor that it has begun, and what came along."""
    told = [f"已接单的事件{cases}件"] if cases else []
    told += [f"夜巡{nights}晚"] if nights else []
    work = f"，转来{'、'.join(told)}" if told else ""
    return _TO_SUCCESSOR.format(day=day, post=post, work=work)


def message_to_leaver(day: str, post: str, to: str, cases: int) -> str:
    """Tell whoever goes that their work has gone along."""
    words = _TO_LEAVER if cases else _TO_LEAVER_EMPTY
    return words.format(day=day, post=post, to=to, count=cases)


def message_not_moved(post: str, of: str, to: str, end: HandoverEnd, cases: int) -> str:
    """Tell everybody concerned that the work stays where it is, and why."""
    return _TO_ALL.format(post=post, of=of, to=to, why=_WHY[end], count=cases)

"""Moments as people say them: 刚刚, 今天 14:05, 昨天 14:05, 11月22日 周日 14:05.

Nothing here ages within the hour (no 五分钟前), so a page kept offline does not lie.
"""

from datetime import date, datetime, timedelta
from typing import Final

from gridapp.domain.workcalendar import BEIJING, beijing_date

_JUST_NOW: Final = timedelta(minutes=1)
_WEEKDAYS: Final = "一二三四五六日"
_NEAR: Final = {-1: "昨天", 0: "今天", 1: "明天"}


def day_words(now: datetime, on: date) -> str:
    """Say a Beijing day as seen from now: 今天, 11月22日 周日, with the year when it is another."""
    today = beijing_date(now)
    near = _NEAR.get((on - today).days)
    if near:
        return near
    year = "" if on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日 周{_WEEKDAYS[on.weekday()]}"


def moment_words(now: datetime, moment: datetime) -> str:
    """Say a moment as seen from now; 刚刚 within the last minute."""
    if timedelta() <= now - moment < _JUST_NOW:
        return "刚刚"
    return f"{day_words(now, beijing_date(moment))} {moment.astimezone(BEIJING):%H:%M}"


def due_words(now: datetime, due_at: datetime) -> str:
    """Say by when something is promised: 今天 17:30 前, 11月24日 17:30 前."""
    day = day_words(now, beijing_date(due_at)).split()[0]
    return f"{day} {due_at.astimezone(BEIJING):%H:%M} 前"

"""Tells when a piece of work last moved, and whether whoever does it still gives signs of life.

A sign of life is in the row, and in a file beside the database: while a table is imported, SQLite
lets nobody else write, not even that one is alive.
"""

from datetime import datetime, timedelta
from typing import Final

from gridapp.domain.vocabulary import WorkState
from gridapp.domain.workcalendar import BEIJING
from gridapp.services.desk import Act, the_desk
from gridapp.services.works.files import Pulse, works_in
from gridapp.tables import Work

# Signs come every second: so many in a row are missed by no process that is only busy.
LATE_AFTER: Final = timedelta(seconds=10)
_MOVED: Final = "最近推进 {at}"
_AGAIN: Final = "中断过，已接着做 · 最近推进 {at}"
_LATE: Final = (
    "{at} 起没有响应，处理它的程序可能停了。系统会在一分钟左右自动接着做，不会做两遍；"
    "也可以点「继续」马上接着做，或者停掉它。"
)
_STOPPING: Final = "{at} 起没有响应，处理它的程序可能停了。再停一次，马上就停。"


def is_late(act: Act, row: Work) -> bool:
    """Tell whether a piece of work that goes on has fallen silent."""
    if row.state is not WorkState.RUNNING:
        return False
    sign = _last_sign(row)
    return sign is None or act.now - sign > LATE_AFTER


def alive_words(act: Act, row: Work) -> str:
    """Say when it last moved, and what to do when it has stopped; empty when it does not go on."""
    if row.state is not WorkState.RUNNING:
        return ""
    if is_late(act, row):
        words = _LATE if row.cancel_asked_at is None else _STOPPING
        return words.format(at=_clock_words(_last_sign(row)))
    pulse = _pulse(row)
    moved_at = pulse.moved_at if pulse else row.beat_at
    return (_AGAIN if row.broken_count else _MOVED).format(at=_clock_words(moved_at))


def _last_sign(row: Work) -> datetime | None:
    pulse = _pulse(row)
    signs = [sign for sign in (row.beat_at, pulse and pulse.beat_at) if sign]
    return max(signs, default=None)


def _pulse(row: Work) -> Pulse | None:
    """Give the signs of whoever holds it now; those of one given up for dead are none."""
    pulse = works_in(the_desk().settings.data_dir).pulse(row.uid)
    return pulse if pulse and pulse.attempt_count == row.attempt_count else None


def _clock_words(moment: datetime | None) -> str:
    return f"{moment.astimezone(BEIJING):%H:%M:%S}" if moment else "开始"

"""What a street says on its notice boards and posters: duties, promises (职责、承诺).

These are the words a town starts with; an administrator may write others (``wording.change``). How
many there may be was measured on every board and poster with the widest letters: within these
limits the least are 9 pt on A4, and 12 pt where elderly people read; ``tests/printing`` holds it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gridapp.domain.vocabulary import Role


class Wording(StrEnum):
    """Words on a print that a street may write for itself."""

    WORKER_DUTIES = "worker_duties"
    HEAD_DUTIES = "head_duties"
    BOARD_PROMISES = "board_promises"
    POSTER_PROMISE = "poster_promise"


@dataclass(frozen=True, slots=True)
class Room:
    """How much a print holds: so many lines, signs in each, and signs with what stands between."""

    line_count: int
    line_signs: int
    all_signs: int


BETWEEN: Final = "；"
DEFAULT_LINES: Final = {
    Wording.WORKER_DUTIES: ("巡查走访，登记、办理您反映的事",),
    Wording.HEAD_DUTIES: ("统筹本网格的人和事，协调解决难题",),
    Wording.BOARD_PROMISES: (
        "您反映的每一件事都登记、都答复。",
        "办不了的，当面说明原因。",
        "上门先亮身份，不打扰生活。",
    ),
    Wording.POSTER_PROMISE: ("每一件都有人看、有人办、有回音。",),
}
# Until a street writes its own, the poster for elderly readers says the same in larger words.
ELDER_POSTER_PROMISE: Final = "有人看，有人办，\n有回音。"
ROOM: Final = {
    Wording.WORKER_DUTIES: Room(3, 40, 40),
    Wording.HEAD_DUTIES: Room(3, 40, 40),
    Wording.BOARD_PROMISES: Room(4, 18, 75),
    Wording.POSTER_PROMISE: Room(1, 20, 20),
}
DUTIES_OF: Final = {
    Role.GRID_WORKER: Wording.WORKER_DUTIES,
    Role.GRID_HEAD: Wording.HEAD_DUTIES,
}
# Direction signs, zero-width signs, soft hyphens and variants: nobody sees them, no font has them.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
# Two dashes of two and three signs' width count as what they are.
_DASHES: Final = {0x2E3A: "——", 0x2E3B: "———"}
_ENDS: Final = "。；;，,"
_MARKS_MOST: Final = 3
_MARKS: Final = re.compile(rf"(?:[^\w\s]|_){{{_MARKS_MOST + 1},}}")


def lines_of(words: str) -> tuple[str, ...]:
    """Give the lines that were typed, without empty ones and without what nobody sees."""
    seen = _UNSEEN.sub("", words).translate(_DASHES)
    lines = (" ".join(line.split()) for line in seen.split("\n"))
    return tuple(line for line in lines if line)


def joined(lines: Sequence[str]) -> str:
    """Put lines one behind the other, as duties are printed: 巡查走访；代办证照."""
    *others, last = lines or ("",)
    return BETWEEN.join([*(line.rstrip(_ENDS) for line in others), last])


def wording_fault(wording: Wording, lines: tuple[str, ...]) -> str:
    """Tell what is wrong with the words for a print; empty when nothing is."""
    room = ROOM[wording]
    if len(lines) > room.line_count:
        return f"最多{room.line_count}条，现在是{len(lines)}条。"
    for line in lines:
        if len(line) > room.line_signs:
            return f"「{line[:8]}…」太长：每条最多{room.line_signs}个字，现在是{len(line)}个字。"
        if found := _MARKS.search(line):
            return f"标点或符号连着用了{len(found[0])}个，最多{_MARKS_MOST}个。"
    count = len(joined(lines))
    if count > room.all_signs:
        return f"合计最多{room.all_signs}个字（含分号），现在是{count}个字。"
    return ""


def room_words(wording: Wording) -> str:
    """Say how much there is room for."""
    room = ROOM[wording]
    if room.line_count == 1:
        return f"一行，最多{room.line_signs}个字。"
    if room.line_signs == room.all_signs:
        return f"一行写一条，最多{room.line_count}条，合计不超过{room.all_signs}个字。"
    return f"一行写一条，最多{room.line_count}条，每条不超过{room.line_signs}个字。"

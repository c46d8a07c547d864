"""What a grid takes up for a year (网格第一题 一格一品): its words, and what a person reads."""

from enum import StrEnum


class FocusKind(StrEnum):
    """What a grid has taken up for a year."""

    FIRST_QUESTION = "first_question"
    THEME = "theme"


class FocusState(StrEnum):
    """How far it has come."""

    CHOSEN = "chosen"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


FOCUS_KIND = {
    FocusKind.FIRST_QUESTION: "网格第一题",
    FocusKind.THEME: "一格一品",
}

FOCUS_STATE = {
    FocusState.CHOSEN: "已选题",
    FocusState.DOING: "推进中",
    FocusState.DONE: "已办结",
    FocusState.DROPPED: "已调整",
}

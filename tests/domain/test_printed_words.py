"""The words of a print are cut into lines, and what does not fit is refused in words."""

import pytest

from gridapp.domain.printed_words import (
    BETWEEN,
    DEFAULT_LINES,
    DUTIES_OF,
    ROOM,
    Wording,
    joined,
    lines_of,
    room_words,
    wording_fault,
)
from gridapp.domain.vocabulary import Role


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("巡查\n\n  走访 \n", ("巡查", "走访")), ("巡\u3000 查\t到户", ("巡 查 到户",)), ("", ()),
        ("\u202e巡\u200b查\ufeff\u00ad", ("巡查",)), ("葛\U000e0100\ufe00", ("葛",)),
        ("\u2028巡\x85查", ("巡 查",)), ("\u200b\n\u200b", ()), ("⸻⸺", ("—————",)),
    ],
)  # fmt: skip
def test_a_line_is_what_is_seen(typed: str, lines: tuple[str, ...]) -> None:
    assert lines_of(typed) == lines


@pytest.mark.parametrize("wording", Wording)
def test_the_words_of_the_program_fit(wording: Wording) -> None:
    lines = DEFAULT_LINES[wording]
    assert (wording_fault(wording, lines), lines_of("\n".join(lines))) == ("", lines)
    assert wording_fault(wording, ()) == ""


@pytest.mark.parametrize("wording", Wording)
def test_one_sign_or_line_more_than_there_is_room_for_is_refused(wording: Wording) -> None:
    room = ROOM[wording]
    most = ("字" * (room.all_signs // room.line_count - len(BETWEEN)),) * room.line_count
    assert wording_fault(wording, most) == ""
    assert f"最多{room.line_count}条" in wording_fault(wording, (*most, "字"))
    assert "太长" in wording_fault(wording, ("字" * (room.line_signs + 1),))
    assert str(room.line_signs) in room_words(wording)


def test_joined_lines_have_one_mark_between_them() -> None:
    assert joined(("巡查走访。", "代办证照；", "有回音。")) == "巡查走访；代办证照；有回音。"
    assert (joined(()), joined(("巡查。",))) == ("", "巡查。")


def test_duties_are_counted_with_what_stands_between_them() -> None:
    assert wording_fault(Wording.WORKER_DUTIES, ("字" * 19, "字" * 20)) == ""
    assert "合计最多40个字" in wording_fault(Wording.WORKER_DUTIES, ("字" * 20, "字" * 20))


@pytest.mark.parametrize("line", ["办……", "（一）、办", "a.b.c", "不推诿、不拖延", "1_2_3"])
def test_usual_marks_are_taken(line: str) -> None:
    assert wording_fault(Wording.BOARD_PROMISES, (line,)) == ""


@pytest.mark.parametrize("line", ["，，，，", "____办", "办￥%@#", "o\u0301\u0301\u0301\u0301"])
def test_marks_without_end_have_no_place_to_break_and_are_refused(line: str) -> None:
    assert wording_fault(Wording.BOARD_PROMISES, (line,)) == "标点或符号连着用了4个，最多3个。"


def test_duties_are_for_those_whom_a_board_shows() -> None:
    assert set(DUTIES_OF) == {Role.GRID_WORKER, Role.GRID_HEAD}

"""Doors are one however they are written, stand in order, and checks come in time."""

from datetime import date

import pytest

from gridapp.domain.registering import (
    CheckOutcome,
    Door,
    check_state,
    check_words,
    clashing_door,
    door_order,
    door_words,
    next_check_on,
    parse_door,
    plain_room,
    plain_unit,
    read_door,
    room_key,
)

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    "written", ["2单元302室", "二单元302", "2-302", "２单元 302 室", "2门302", "2单元-302"]
)
def test_one_door_is_one_however_it_is_written(written: str) -> None:
    assert parse_door(written) == Door("2", 3, "302")


@pytest.mark.parametrize(
    ("written", "door"),
    [
        ("1102室", Door("", 11, "1102")),
        ("302a", Door("", 3, "302A")),
        ("东门卫", Door("", None, "东门卫")),
        ("", Door("", None, "")),
        ("B单元1201", Door("B", 12, "1201")),
    ],
)
def test_what_a_door_does_not_say_is_not_made_up(written: str, door: Door) -> None:
    assert parse_door(written) == door


def test_units_and_rooms_lose_their_endings_and_nothing_else() -> None:
    assert [plain_unit(told) for told in ("2单元", "三单元", "东单元", "")] == ["2", "3", "东", ""]
    assert [plain_room(told) for told in ("302室", "302号", "室", "门卫室")] == [
        "302",
        "302",
        "室",
        "门卫",
    ]


@pytest.mark.parametrize(
    "written", ["302", "0302", "302室", "#302", "302#", "３０２－", "3楼302", "3层302室"]
)
def test_rooms_are_told_apart_by_the_number_alone(written: str) -> None:
    assert room_key(written) == "302"


def test_another_floor_is_another_room_and_capital_numbers_are_numbers() -> None:
    assert room_key("2楼302") != "302"
    assert [plain_unit(told) for told in ("壹单元", "贰", "拾单元")] == ["1", "2", "10"]


def test_doors_stand_as_people_count_them() -> None:
    doors = [
        ("1", 2, "201"),
        ("1", 10, "1001"),
        ("2", 1, "101"),
        ("10", 1, "101"),
        ("1", -1, "B01"),
    ]
    ordered = sorted(doors, key=lambda door: door_order(*door))
    assert [door[:2] for door in ordered] == [("1", -1), ("1", 2), ("1", 10), ("2", 1), ("10", 1)]
    assert door_words("2", "302") == "2单元302室"
    assert door_words("", "门卫") == "门卫"


@pytest.mark.parametrize(
    ("days", "outcome", "next_on"),
    [
        (30, CheckOutcome.FINE, date(2026, 7, 10)),
        (30, CheckOutcome.FOUND, date(2026, 6, 13)),
        (2, CheckOutcome.CLOSED, date(2026, 6, 12)),
        (0, CheckOutcome.FINE, None),
        (0, CheckOutcome.FOUND, date(2026, 6, 13)),
    ],
)
def test_what_was_found_is_looked_at_again_soon(
    days: int, outcome: CheckOutcome, next_on: date | None
) -> None:
    assert next_check_on(TODAY, days, outcome) == next_on


def test_a_check_says_how_it_stands() -> None:
    days = [None, date(2026, 6, 9), TODAY, date(2026, 6, 17), date(2026, 6, 18)]
    assert [check_state(day, TODAY) for day in days] == ["done", "yellow", "warn", "warn", "calm"]
    assert [check_words(day, TODAY) for day in days] == [
        "不定期检查",
        "已过1天",
        "今天到期",
        "还有7天",
        "还有8天",
    ]


@pytest.mark.parametrize(
    ("unit", "room"),
    [
        ("2", "302"),
        ("2#", "302"),
        ("2", "0302"),
        ("2号", "302室"),
        ("", "2-0302"),
        ("２栋", "３０２"),
    ],
)
def test_a_door_on_record_clashes_however_it_is_written(unit: str, room: str) -> None:
    assert clashing_door(read_door(unit, room), [("1", "302"), ("2", "302")]) == ("2", "302")


@pytest.mark.parametrize(
    ("unit", "room"), [("2", "3020"), ("2", "302A"), ("3", "302"), ("2", "000")]
)
def test_other_doors_do_not_clash(unit: str, room: str) -> None:
    assert clashing_door(read_door(unit, room), [("1", "302"), ("2", "302")]) is None

"""Codes survive being typed by hand, and names lose their office's ending."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain import codes

FREE = st.text(codes.BUILDING_ALPHABET, min_size=7, max_size=7)
PLACE = st.integers(0, 7)


def test_the_alphabet_has_31_signs_and_none_that_look_alike() -> None:
    assert len(set(codes.BUILDING_ALPHABET)) == 31
    assert not set("01ILO") & set(codes.BUILDING_ALPHABET)


def test_a_poster_printed_today_stays_valid() -> None:
    assert codes.building_code("7K3MNQ2") == "7K3MNQ2B"
    assert codes.draw_building_code(Random(1)) == "6VS9HFP3"  # noqa: S311 - a seeded demo draw


@given(FREE, PLACE, st.sampled_from(codes.BUILDING_ALPHABET))
def test_every_single_wrong_character_is_caught(free: str, place: int, other: str) -> None:
    code = codes.building_code(free)
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.is_building_code(wrong) == (wrong == code)


@given(FREE, PLACE, PLACE)
def test_every_swap_of_two_characters_is_caught(free: str, one: int, two: int) -> None:
    signs = list(code := codes.building_code(free))
    signs[one], signs[two] = signs[two], signs[one]
    assert codes.is_building_code("".join(signs)) == ("".join(signs) == code)


@pytest.mark.parametrize(
    "typed",
    [
        "7k3m nq2b",
        " 7K3M-NQ2B\n",
        "".join(chr(ord(sign) + 0xFEE0) for sign in "7K3mnq2B"),
        "7k3m—nq2b",
        "7K3M\u3000NQ2B",
        "\u200b7K3MNQ2B",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert codes.normalise(typed) == "7K3MNQ2B"


@pytest.mark.parametrize("nonsense", ["", "7K3MNQ2", "7K3MNQ2BU", "7K3MNQ20", "楼栋码楼栋码楼栋"])
def test_nonsense_is_no_building_code(nonsense: str) -> None:
    assert not codes.is_building_code(codes.normalise(nonsense))


@given(st.text())
def test_no_text_breaks_the_reading_of_codes(text: str) -> None:
    assert codes.is_building_code(codes.normalise(text)) in {True, False}
    codes.parse_grid_code(text)
    codes.parse_case_no(text)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("410102", ("410102", "", 0)),
        ("410102001", ("410102001", "", 0)),
        ("410102001002", ("410102001002", "", 0)),
        ("410102001002003", ("410102001002003", "", 0)),
        ("410102001002003-W03", ("410102001002003", "W", 3)),
        ("410102001002-Z01", ("410102001002", "Z", 1)),
    ],
)
def test_a_grid_code_tells_its_parts(code: str, parts: tuple[str, str, int]) -> None:
    assert codes.parse_grid_code(code) == parts


@pytest.mark.parametrize(
    "wrong",
    ["", "41010", "4101020010020031", "410102-W01", "410102001002003-X01", "410102001002003-W3"],
)
def test_what_is_no_grid_code_is_refused(wrong: str) -> None:
    assert codes.parse_grid_code(wrong) is None


def test_grid_codes_are_made_from_the_area_above() -> None:
    assert codes.grid_code("410102001002", 7) == "410102001002007"
    assert codes.micro_code("410102001002007", 3) == "410102001002007-W03"
    assert codes.dedicated_code("410102001002", 1) == "410102001002-Z01"


@pytest.mark.parametrize(("division", "sequence"), [("4101020010", 1), ("410102001002", 1000)])
def test_a_grid_code_without_room_is_refused(division: str, sequence: int) -> None:
    with pytest.raises(ValueError, match="not a"):
        codes.grid_code(division, sequence)


def test_a_street_has_no_room_for_a_micro_grid() -> None:
    with pytest.raises(ValueError, match="not a grid code"):
        codes.micro_code("410102001", 1)


def test_the_next_code_never_fills_a_gap() -> None:
    taken = ["410102001002001", "410102001002004", "410102001003009", "410102001002004-W08"]
    assert codes.next_grid_code("410102001002", taken) == "410102001002005"
    assert codes.next_suffixed_code("410102001002004", "W", taken) == "410102001002004-W09"
    assert codes.next_suffixed_code("410102001002004", "Z", taken) == "410102001002004-Z01"


@given(st.integers(1, 10**12), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_case_number_is_read_back(case_id: int, reported_on: date) -> None:
    assert codes.parse_case_no(codes.case_no(case_id, reported_on)) == (reported_on, case_id)


def test_a_case_number_starts_with_the_day_of_the_report() -> None:
    assert codes.case_no(42, date(2026, 9, 30)) == "26093000042"
    assert codes.parse_case_no("260930 00042") == (date(2026, 9, 30), 42)


@pytest.mark.parametrize("wrong", ["", "2609300004", "26023000042", "260930000042", "abc"])
def test_what_is_no_case_number_is_refused(wrong: str) -> None:
    assert codes.parse_case_no(wrong) is None


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("碧沙岗社区居委会", "碧沙岗社区"),
        ("河南工大社区居民委员会", "河南工大社区"),
        ("光合花园社区", "光合花园社区"),
        ("大李村村民委员会", "大李村"),
        ("大李村委会", "大李村"),
        ("农业路居委会", "农业路社区"),
        ("林山寨街道办事处", "林山寨街道"),
        ("居委会", "居委会"),
    ],
)
def test_a_division_is_shown_as_people_say_it(official: str, said: str) -> None:
    assert codes.display_name(official) == said


def test_a_buildings_code_is_shown_in_two_fours() -> None:
    assert codes.spaced_code("7KQ3MXP9") == "7KQ3 MXP9"
    assert codes.spaced_code("310107022001") == "310107022001"

"""What holds at a moment is what all changes until then made of it."""

from datetime import UTC, date, datetime

import pytest

from gridapp.domain.deadlines import limit_fault, parse_limit, said_limit
from gridapp.domain.ruling import BEGINNING, Change, day_fault, in_force

MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))
TODAY = date(2026, 6, 10)
CHANGES = [
    Change(3, JULY, {"name": "乙"}),
    Change(1, BEGINNING, {"name": "甲", "limit": "7wd"}),
    Change(2, JUNE, {"limit": "3wd"}),
]


def test_changes_add_up_whatever_their_order() -> None:
    assert in_force(CHANGES, MAY) == {"name": "甲", "limit": "7wd"}
    assert in_force(CHANGES, JUNE) == {"name": "甲", "limit": "3wd"}
    assert in_force(CHANGES, JULY) == {"name": "乙", "limit": "3wd"}
    assert in_force([], JULY) is None


def test_of_two_at_one_moment_the_later_made_counts() -> None:
    twice = [Change(5, JUNE, {"limit": "9wd"}), *CHANGES]
    assert in_force(twice, JUNE) == {"name": "甲", "limit": "9wd"}


def test_a_case_older_than_its_item_gets_the_items_first_word() -> None:
    assert in_force(CHANGES[:1], MAY) == {"name": "乙"}


@pytest.mark.parametrize(
    ("day", "is_right"),
    [("2026-06-09", False), ("2026-06-10", True), ("2028-06-10", True), ("2028-06-12", False)],
)
def test_a_change_begins_today_or_within_two_years(day: str, is_right: bool) -> None:
    assert (day_fault(date.fromisoformat(day), TODAY) == "") is is_right


@pytest.mark.parametrize(
    "text", ["0h", "-1wd", "10000h", "251wd", "1000wh", "2161h", "7", "七天", "1.5h", ""]
)
def test_a_limit_that_no_street_keeps_is_refused_with_its_bounds(text: str) -> None:
    assert limit_fault(text).endswith("。")


@pytest.mark.parametrize("text", ["1h", "999wh", "250wd", "2160h"])
def test_a_limit_is_read_back_as_people_say_it(text: str) -> None:
    limit = parse_limit(text)
    assert limit is not None
    assert (limit_fault(text), said_limit(limit.label)) == ("", text)
    assert said_limit(limit.label.replace("个", "").replace(" ", "")) == text

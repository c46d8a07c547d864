"""Moments are said as people say them, in Beijing time."""

from datetime import UTC, datetime, timedelta

import pytest

from gridapp.domain.clockwords import due_words, moment_words
from gridapp.domain.workcalendar import BEIJING


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING).astimezone(UTC)


NOW = at("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-24 10:00:00", "刚刚"),
        ("2026-11-24 09:59:01", "刚刚"),
        ("2026-11-24 09:59:00", "今天 09:59"),
        ("2026-11-24 00:00", "今天 00:00"),
        ("2026-11-23 23:59", "昨天 23:59"),
        ("2026-11-22 14:05", "11月22日 周日 14:05"),
        ("2025-11-22 14:05", "2025年11月22日 周六 14:05"),
        ("2026-11-24 10:01", "今天 10:01"),
        ("2026-11-25 00:05", "明天 00:05"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: str, words: str) -> None:
    assert moment_words(NOW, at(moment)) == words


def test_today_is_a_beijing_day() -> None:
    now = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight on the 25th in Beijing
    assert moment_words(now, now - timedelta(hours=1)) == "昨天 23:30"


@pytest.mark.parametrize(
    ("due", "words"),
    [("2026-11-24 17:30", "今天 17:30 前"), ("2026-12-01 17:30", "12月1日 17:30 前")],
)
def test_a_promise_says_by_when(due: str, words: str) -> None:
    assert due_words(NOW, at(due)) == words

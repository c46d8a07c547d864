"""The clock's words on the server, held against the table that the phone keeps to as well."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from gridapp.domain.clockwords import day_words, due_words, moment_words
from gridapp.domain.deadlines import remaining_words
from gridapp.domain.workcalendar import beijing_date

TABLE = json.loads(Path(__file__).with_name("clock_table.json").read_text(encoding="utf-8"))
SAY: dict[str, Callable[[datetime, datetime], str]] = {
    "day": lambda now, moment: day_words(now, beijing_date(moment)),
    "moment": moment_words,
    "due": due_words,
    "remaining": remaining_words,
}


@pytest.mark.parametrize(("kind", "now", "moment", "expected"), TABLE)
def test_the_server_says_what_the_table_says(
    kind: str, now: str, moment: str, expected: str
) -> None:
    assert SAY[kind](datetime.fromisoformat(now), datetime.fromisoformat(moment)) == expected

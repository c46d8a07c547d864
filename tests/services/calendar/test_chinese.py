"""The published calendar of 2026, drawn by hand from the State Council's notice."""

from datetime import date, timedelta

import pytest

from gridapp.domain.workcalendar import WorkCalendar
from gridapp.services.calendar.chinese import (
    YearNotPublishedError,
    published_days,
    published_years,
)

# 国务院办公厅关于2026年部分节假日安排的通知. One sign a day, one row a month, the first day first:
# x workday, o rest at the weekend, H holiday, W make-up workday at the weekend.
YEAR_2026 = """
01 HHHWxxxxxooxxxxxooxxxxxooxxxxxo
02 oxxxxxooxxxxxWHHHHHHHHHxxxxW
03 oxxxxxooxxxxxooxxxxxooxxxxxooxx
04 xxxHHHxxxxooxxxxxooxxxxxooxxxx
05 HHHHHxxxWoxxxxxooxxxxxooxxxxxoo
06 xxxxxooxxxxxooxxxxHHHxxxxxooxx
07 xxxooxxxxxooxxxxxooxxxxxooxxxxx
08 ooxxxxxooxxxxxooxxxxxooxxxxxoox
09 xxxxooxxxxxooxxxxxoWxxxxHHHxxx
10 HHHHHHHxxWoxxxxxooxxxxxooxxxxxo
11 oxxxxxooxxxxxooxxxxxooxxxxxoox
12 xxxxooxxxxxooxxxxxooxxxxxooxxxx
"""
SIGNS = "".join(line.split()[1] for line in YEAR_2026.strip().splitlines())
EVERY_DAY = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
CALENDAR = WorkCalendar(published_days(2026), published_years())


def test_the_statutory_year_2026_is_the_one_drawn() -> None:
    assert len(SIGNS) == len(EVERY_DAY)
    drawn = {day: sign in "xW" for day, sign in zip(EVERY_DAY, SIGNS, strict=True)}
    assert {day: CALENDAR.is_workday(day) for day in EVERY_DAY} == drawn


def test_only_the_days_that_differ_from_the_week_are_handed_over() -> None:
    marked = {day for day, sign in zip(EVERY_DAY, SIGNS, strict=True) if sign in "HW"}
    assert set(published_days(2026)) == marked


def test_a_year_not_yet_published_is_refused_with_the_years_known() -> None:
    with pytest.raises(YearNotPublishedError) as refusal:
        published_days(2099)
    assert 2026 in refusal.value.facts["known_years"]

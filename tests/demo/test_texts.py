"""What people write in the demo: enough of it, in whole Chinese sentences, in the right season."""

import re
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from gridapp.demo.divisions import STREETS, communities_of, numeral, short_name
from gridapp.demo.moments import draw_moments
from gridapp.demo.people import UNITS
from gridapp.demo.phrases.all import PHRASES
from gridapp.demo.phrases.form import Matter
from gridapp.domain.categories import EXAMPLE_CATEGORIES, ExampleCategory
from gridapp.domain.workcalendar import BEIJING

CHANCE = Random(1)  # noqa: S311 - the same draw every time
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
MATTERS = [matter for phrases in PHRASES.values() for matter in phrases.matters]
SLOT = re.compile(r"\{[bstnd]\}")


def test_every_category_has_its_phrases_and_its_unit() -> None:
    assert set(PHRASES) == {category.code for category in EXAMPLE_CATEGORIES}
    assert {phrases.unit for phrases in PHRASES.values()} <= set(UNITS)
    assert len({matter.problem for matter in MATTERS}) >= 120


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter.problem[:12])
def test_a_phrase_is_a_whole_chinese_sentence(matter: Matter) -> None:
    for words in filter(None, matter):
        assert not re.search(r"[!-/:-@\[-`{-~\sA-Za-z]", SLOT.sub("", words))
        assert words[-1] in "。？"


@pytest.mark.parametrize("category", EXAMPLE_CATEGORIES, ids=lambda category: category.code)
def test_only_what_a_worker_may_settle_has_words_for_it(
    category: ExampleCategory,
) -> None:
    told = {bool(matter.settled) for matter in PHRASES[category.code].matters}

    assert told == {category.may_settle}


def test_reports_come_at_the_hours_and_on_the_days_of_real_ones() -> None:
    moments = [at.astimezone(BEIJING) for at in draw_moments(20_000, 365, NOW, CHANCE)]

    hours = Counter(at.hour for at in moments)
    assert max(range(13), key=hours.__getitem__) == 10
    assert max(range(13, 24), key=hours.__getitem__) == 15
    weekend = sum(at.weekday() >= 5 for at in moments) / len(moments)
    assert 0.12 <= weekend <= 0.16
    assert moments == sorted(moments)
    assert moments[-1] <= NOW


def test_names_are_said_as_people_say_them() -> None:
    names = [community.name for community in communities_of(STREETS[0], 12)]

    assert names[:2] == ["南大街社区", "北大街社区"]
    assert short_name("真北新村第一社区") == "真北新村一居"
    assert [numeral(number) for number in (1, 10, 12, 20, 34)] == [
        "一",
        "十",
        "十二",
        "二十",
        "三十四",
    ]

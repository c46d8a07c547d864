"""The example table covers the four roots, and its limits are those of the practice."""

from collections import Counter

import pytest

from gridapp.domain.categories import EXAMPLE_CATEGORIES, ExampleCategory
from gridapp.domain.deadlines import LimitUnit
from gridapp.domain.vocabulary import Root, Urgency

BY_NAME = {category.name: category for category in EXAMPLE_CATEGORIES}
each = pytest.mark.parametrize("category", EXAMPLE_CATEGORIES, ids=lambda c: c.code)

# Drawn by hand from the rulebook's table of roots.
TABLE = {
    Root.RUNNING: "积水 井盖 路灯 供水 供电 供气 供暖 路面破损",
    Root.MANAGEMENT: "违建 占道 乱停乱放 小广告 垃圾 道路不洁 建筑垃圾 飞线充电",
    Root.SERVICE: "物业 养老助残 政策咨询 噪音扰民",
    Root.SAFETY: "消防通道 电动车上楼 燃气 食品安全 走失 矛盾纠纷",
}


def test_every_root_has_its_items() -> None:
    drawn = {name: root for root, names in TABLE.items() for name in names.split()}
    assert {category.name: category.root for category in EXAMPLE_CATEGORIES} == drawn


def test_a_code_is_never_given_twice() -> None:
    assert set(Counter(category.code for category in EXAMPLE_CATEGORIES).values()) == {1}


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("垃圾", "4wh"),
        ("道路不洁", "5wh"),
        ("建筑垃圾", "2wd"),
        ("违建", "15wd"),
        ("供水", "24h"),
        ("走失", "2h"),
        ("物业", "7wd"),
    ],
)
def test_an_item_has_the_limit_of_the_practice(name: str, whole: str) -> None:
    assert str(BY_NAME[name].limits.whole) == whole


@each
def test_what_is_urgent_runs_by_the_clock(category: ExampleCategory) -> None:
    by_clock = category.limits.whole.unit is LimitUnit.CLOCK_HOURS
    assert by_clock == (category.urgency in {Urgency.CRITICAL, Urgency.URGENT})


@each
def test_every_item_asks_one_to_three_short_questions(category: ExampleCategory) -> None:
    assert 1 <= len(category.questions) <= 3
    assert all(2 < len(asked) <= 20 and asked[-1] == "\uff1f" for asked in category.questions)


@pytest.mark.parametrize("name", ["养老助残", "走失", "矛盾纠纷", "政策咨询"])
def test_what_is_about_a_person_is_not_shown_publicly(name: str) -> None:
    assert not BY_NAME[name].is_public


@pytest.mark.parametrize("name", ["走失", "燃气", "违建", "矛盾纠纷", "食品安全"])
def test_what_needs_an_office_is_not_settled_on_the_spot(name: str) -> None:
    assert not BY_NAME[name].may_settle

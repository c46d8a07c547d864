"""Three categories at most for a text, by rules; measured on what people write."""

import csv

import pytest

from gridapp.demo.phrases.all import PHRASES
from gridapp.domain.categories import EXAMPLE_CATEGORIES
from gridapp.domain.suggesting import SUGGESTED_MAX_COUNT, suggest_categories
from tests.served import ROOT

NAMES = {item.code: item.name for item in EXAMPLE_CATEGORIES}
MESSAGES = ROOT.parent / "shared" / "data" / "messages" / "labelled.csv"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2单元3楼的灯不亮", "street_lamp"),
        ("楼下井盖松动，车一过就响", "manhole_cover"),
        ("楼道里有股煤气味", "gas_leak"),
        ("三楼又把电瓶车推进楼道充电", "bike_upstairs"),
        ("消防通道被面包车堵死了", "fire_lane"),
        ("楼上半夜装修太吵了", "noise"),
        ("我妈走丢了，穿红衣服", "missing_person"),
        ("自来水停了一上午", "water_supply"),
        ("垃圾桶满了没人收，臭得很", "rubbish"),
    ],
)
def test_the_surest_stands_first(text: str, code: str) -> None:
    assert suggest_categories(text, NAMES)[0] == code


def test_three_hold_the_right_one_for_nearly_every_sentence() -> None:
    told = [(code, one.problem) for code, kind in PHRASES.items() for one in kind.matters]
    hit = sum(code in suggest_categories(text, NAMES) for code, text in told)
    assert hit / len(told) >= 0.95


@pytest.mark.parametrize("text", ["", "   ", "你好", "<script>alert(1)</script>", "😀" * 5000])
def test_what_points_to_nothing_suggests_nothing(text: str) -> None:
    assert suggest_categories(text, NAMES) == ()


def test_full_width_and_spaces_cost_nothing() -> None:
    assert suggest_categories("\u3000路灯\n坏了", NAMES)[0] == "street_lamp"


def test_only_what_the_town_has_is_suggested() -> None:
    assert suggest_categories("路灯不亮，井盖也松了", {"manhole_cover": "井盖"}) == (
        "manhole_cover",
    )


def test_a_category_of_the_towns_own_is_found_by_its_name() -> None:
    assert suggest_categories("河道里漂着死鱼", {"river": "河道"}) == ("river",)


def test_real_messages_get_three_at_most_and_most_get_some() -> None:
    if not MESSAGES.exists():
        pytest.skip("no messages lie beside this checkout; nothing real could be read")
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        texts = [f"{row['留言主题']} {row['留言详情']}" for row in csv.DictReader(file)]
    found = [suggest_categories(text, NAMES) for text in texts]
    assert max(map(len, found)) <= SUGGESTED_MAX_COUNT
    assert sum(map(bool, found)) / len(found) >= 0.8

"""A field said once: what a form begins with, read unchanged, is what it began from."""

from typing import Any

import pytest

from gridapp.domain.caring import COLOUR_FIELDS
from gridapp.domain.categories import CATEGORY_FIELDS
from gridapp.domain.errors import FactsError
from gridapp.domain.fields import (
    Field,
    Line,
    Several,
    Whole,
    begins,
    labels_of,
    named,
    read,
    read_all,
    read_changed,
)

ITEM = {
    "root": "running", "name": "路灯", "urgency": "ordinary", "accept_limit": "4wh",
    "take_limit": "", "handle_limit": "24h", "whole_limit": "7wd", "unit": "szs",
    "may_settle": True, "is_public": False, "questions": ["几盏？", "哪一根？"],
}  # fmt: skip
COLOUR = {
    "word": "独居", "meaning": "独居老人", "hue": "red", "shape": "star", "interval_days": 7,
    "triggers": ["住院", "跌倒"],
}  # fmt: skip


def begun(fields: tuple[Field, ...], values: dict[str, Any]) -> dict[str, str]:
    return {c: text for field in fields for c, text in begins(field, values[field.name]).items()}


@pytest.mark.parametrize(("fields", "values"), [(CATEGORY_FIELDS, ITEM), (COLOUR_FIELDS, COLOUR)])
def test_a_form_sent_as_it_opened_says_what_stands_and_changes_nothing(
    fields: tuple[Field, ...], values: dict[str, Any]
) -> None:
    form = begun(fields, values)
    assert {field.name: read(field, form) for field in fields} == values
    assert read_changed(fields, form, form) == {}


def test_only_what_differs_is_said() -> None:
    began = begun(CATEGORY_FIELDS, ITEM)
    form: dict[str, Any] = began | {"whole_limit_n": "3", "questions2": "", "is_public": True}
    assert read_changed(CATEGORY_FIELDS, form, began) == {
        "whole_limit": "3wd", "questions": ["几盏？"], "is_public": True,
    }  # fmt: skip


def test_what_was_left_empty_was_not_said() -> None:
    assert read_all(CATEGORY_FIELDS, {"name": " 路灯 ", "unit": ""}) == {
        "name": "路灯", "may_settle": False, "is_public": False, "questions": [],
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["１２", "-1", "1.5", "七", "1234567"])
def test_no_whole_number_is_refused_by_its_label(typed: str) -> None:
    with pytest.raises(FactsError, match="人数请写整数"):
        read(Field("head_count", "人数", Whole()), {"head_count": typed})


@pytest.mark.parametrize("typed", ["一、二、三、四", "很长很长的词、二"])
def test_too_many_or_too_long_words_are_refused(typed: str) -> None:
    with pytest.raises(FactsError, match="情形最多3项，每项最多5个字"):
        read(Field("triggers", "情形", Several(3, 5)), {"triggers": typed})


def test_a_refusal_names_fields_as_the_form_does() -> None:
    fields = (Field("name", "名称", Line()), Field("days", "间隔", Whole()))
    refusal = FactsError(fields={"name": "不能为空", "days.0": "应为整数", "other": "没有这一项"})
    said = named(refusal, labels_of(fields)).sentence
    assert said == "名称：不能为空。间隔：应为整数。没有这一项。"
    own = FactsError("已经有了。", fields={"name": "已经有了"})
    assert named(own, labels_of(fields)) is own

"""Facts made of fields have the bounds of the fields."""

from typing import Any

import pytest
from pydantic import ValidationError

from gridapp.domain.caring import COLOUR_FIELDS
from gridapp.domain.categories import CATEGORY_FIELDS
from gridapp.services.field_models import facts_model, told_of

Change = facts_model("Change", "What changes.", COLOUR_FIELDS)
New = facts_model("New", "A new one.", CATEGORY_FIELDS, is_new=True)


@pytest.mark.parametrize(
    "facts",
    [{"word": "五个字太长"}, {"word": ""}, {"hue": "gold"}, {"interval_days": 367},
     {"interval_days": -1}, {"triggers": ["情形"] * 6}, {"triggers": ["长" * 21]}, {"other": 1},
     {"word": "\u200b"}],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Change.model_validate(facts)


def test_of_a_change_everything_may_be_left_out_and_nothing_fixed_is_known() -> None:
    assert told_of(Change.model_validate({"word": " 独居 "})) == {"word": "独居"}
    with pytest.raises(ValidationError):
        facts_model("Item", "", CATEGORY_FIELDS).model_validate({"root": "running"})


def test_a_new_record_needs_what_it_needs_unless_something_stands_for_it() -> None:
    with pytest.raises(ValidationError) as refused:
        New.model_validate({})
    assert {error["loc"] for error in refused.value.errors()} == {("root",), ("name",)}
    assert told_of(New.model_validate({"root": "running", "name": "路灯"})) == {
        "root": "running", "name": "路灯",
    }  # fmt: skip

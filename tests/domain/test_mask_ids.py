"""ID numbers are masked by shape, wherever they stand; other numbers are left alone."""

import pytest

from gridapp.domain.privacy import mask_ids, scrub


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("310107198503071234", "310***********1234"),
        ("身份证31010719850307123X，住3楼", "身份证310***********123X，住3楼"),
        ("310107 19850307 1234", "310***********1234"),
        ("310107-19850307-123x", "310***********123X"),
        ("３１０１０７１９８５０３０７１２３４", "310***********1234"),
        ("310107850307123", "310********7123"),
        ("310107 850307 123", "310********7123"),
        ("999999999999999999", "999***********9999"),
    ],
)
def test_an_id_number_is_masked(said: str, shown: str) -> None:
    assert mask_ids(said) == scrub(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "138 0013 8000 139 0013 9000",
        "编号20260610000042",
        "310107001001001",
        "021-52668888",
        "3101",
    ],
)
def test_other_numbers_stay(said: str) -> None:
    assert mask_ids(said) == said

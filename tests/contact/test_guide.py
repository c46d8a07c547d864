"""The workers' guide tells every sentence that they may read while offline."""

from collections.abc import Mapping
from typing import Any

import pytest

from gridapp.contact.words import check_in
from gridapp.contact.words.written import WRITTEN
from tests.served import ROOT

GUIDE = ROOT / "docs" / "guides" / "field.md"
# What a form says besides, that of the check-in among them.
FORMS = {"forms": {name: said for name, said in check_in.SAYING.items() if isinstance(said, str)}}
SAID: Mapping[str, Mapping[str, Any]] = {**WRITTEN, **FORMS}


@pytest.mark.parametrize("name", SAID)
def test_every_sentence_of_the_modules_stands_in_the_guide(name: str) -> None:
    told = set(GUIDE.read_text(encoding="utf-8").splitlines())
    sentences = [words for words in SAID[name].values() if words[-1] in "。？"]
    assert [words for words in sentences if f"- {words}" not in told] == []

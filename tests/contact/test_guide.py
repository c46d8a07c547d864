"""The workers' guide tells every sentence that they may read while offline."""

import pytest

from gridapp.contact.words.written import WRITTEN
from tests.served import ROOT

GUIDE = ROOT / "docs" / "guides" / "field.md"


@pytest.mark.parametrize("name", ["sync_words.js", "today/words.js"])
def test_every_sentence_of_the_modules_stands_in_the_guide(name: str) -> None:
    told = set(GUIDE.read_text(encoding="utf-8").splitlines())
    sentences = [words for words in WRITTEN[name].values() if words[-1] in "。？"]
    assert [words for words in sentences if f"- {words}" not in told] == []

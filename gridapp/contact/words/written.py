"""The words of the modules under ``assets/field``, written out as modules of their own.

A page that opens without network cannot ask the server for a word when it needs one most, so
``python -m gridapp.contact.words.written`` writes them down; a test holds the two together.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from gridapp.contact.words import outbox, patrols, today

FIELD_DIR: Final = Path(__file__).resolve().parents[3] / "assets" / "field"

# The module under assets/field -> its words. A feature adds a line, and imports `say` from there.
WRITTEN: Final[Mapping[str, Mapping[str, str]]] = {
    "sync_words.js": outbox.WORDS,
    "today/words.js": today.WORDS,
    "today/patrol_words.js": patrols.WORDS,
}


def module_text(words: Mapping[str, str]) -> str:
    """Write words as an ES module."""
    written = json.dumps(words, ensure_ascii=False, indent=2)
    return (
        "// Written by `python -m gridapp.contact.words.written`: change the words there.\n\n"
        f"export const WORDS = {written};\n\n"
        "/** Say a sentence with its blanks filled in. */\n"
        "export const say = (name, facts = {}) =>\n"
        "  WORDS[name].replace(/\\{(\\w+)\\}/g, (_, blank) => facts[blank]);\n"
    )


if __name__ == "__main__":
    for name, words in WRITTEN.items():
        (FIELD_DIR / name).write_text(module_text(words), encoding="utf-8")

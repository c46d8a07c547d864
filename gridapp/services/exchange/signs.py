"""The signs of a table's texts: what programs leave in them, and what no person has typed."""

import re
import unicodedata
from typing import Final

# A spreadsheet writes a control sign into its XML so; some write it out again as a text.
_ESCAPED: Final = re.compile(r"_x00(0[9aAdD])_")
_BREAK: Final = re.compile(r"[ \t]*[\n\u2028\u2029][\s]*")
_UNSEEN: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
_POINT_NOUGHT: Final = re.compile(r"([+-]?\d{1,15})\.0+", re.ASCII)
_APOSTROPHE: Final = re.compile(r"[\'\u2018\u2019]\+?\d[\d-]*", re.ASCII)
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_YEAR: Final = r"(?:19|20)\d{2}"
# What a spreadsheet makes of 1-2, and what a table writes of that.
_DAY: Final = re.compile(
    rf"{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
    rf"|(?:{_YEAR}年)?\d{{1,2}}月(?:\d{{1,2}}日)?|{_YEAR}年"
    rf"|\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{1,4}}",
    re.ASCII,
)


def unescaped(text: str) -> str:
    """Give a text with the control signs that a spreadsheet has written out as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def one_line(text: str) -> str:
    """Give a text on one line: Chinese goes on without a space, words of letters get one."""

    def joined(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        return " " if before.isascii() and after.isascii() else ""

    return _BREAK.sub(joined, text)


def as_typed(text: str) -> str:
    """Give what was typed, where a program wrote 101 as 101.0 or guarded digits as '138."""
    if found := _POINT_NOUGHT.fullmatch(text):
        return found[1]
    return text[1:] if _APOSTROPHE.fullmatch(text) else text


def strange_sign(text: str) -> str:
    """Give the first sign that is nobody's: from a private area, or put for what was lost."""
    found = _PRIVATE.search(text)
    return found[0] if found else ""


def is_day(text: str) -> bool:
    """Tell whether a text is a day and nothing else."""
    return _DAY.fullmatch(text) is not None


def folded(text: str) -> str:
    """Give digits and Latin letters in their narrow form, without any space."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in narrow if not sign.isspace() and sign not in _UNSEEN)

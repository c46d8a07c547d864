"""Tells in which encoding the words of a file of boundaries are written, by the words themselves.

What a file declares is only a hint: exports from desktop programs declare UTF-8, GB2312 or Latin
and write something else. GB18030 gives a meaning to nearly any bytes, so it is believed only where
common Chinese comes of it.
"""

import codecs
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

UTF8, CHINESE, TRADITIONAL = "utf-8", "gb18030", "big5"
_MARKS: Final = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16, so it comes first
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRADITIONAL_NAMES: Final = ("big5", "950")
_SIGN_MAX_BYTES: Final = 4
# Of the Chinese signs of a text so many at least are among the 3,755 in common use (GB 2312).
_COMMON_RATIO: Final = 0.5
_CHINESE_FROM: Final = "\u3400"
_LOST: Final = "\ufffd"
# Of the texts of a table so many may hold a byte that nobody can read; they are left empty.
_BROKEN_RATIO: Final = 0.1


class WordsError(ValueError):
    """The encoding cannot be told; the text says where it breaks, in Chinese."""


class Table(NamedTuple):
    """The texts of a table, in the order in which they came.

    Args:
        texts: A text that cannot be read is None.
        encoding: Its name for Python.
    """

    texts: list[str | None]
    encoding: str


def decode_text(body: bytes, declared: str = "") -> str:
    """Read a whole file as text.

    Raises:
        WordsError: It is in none of the encodings from end to end.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _decoded(body, encoding).removeprefix("\ufeff")
    if wide := _without_mark(body):
        return _decoded(body, wide)
    for encoding in _tried(declared):
        text = _attempt(body, encoding)
        if text is not None and _is_likely(text, encoding, declared):
            return text
    raise WordsError(_where_broken(body))


def decode_table(values: Sequence[bytes], declared: str = "") -> Table:
    """Read the texts of a table; half a sign at the end of a text is left out.

    Raises:
        WordsError: Not nearly all texts can be read in any one encoding.
    """
    tables = [Table([_fitted(one, name) for one in values], name) for name in _tried(declared)]
    spoken = sum(not one.isascii() for one in values)
    for allowed in (0, int(spoken * _BROKEN_RATIO) or int(spoken > 1)):
        for table in tables:
            text = "".join(one or "" for one in table.texts)
            is_read = table.texts.count(None) <= allowed
            if is_read and _is_likely(text, table.encoding, declared):
                return table
    raise WordsError("文字既不是 UTF-8 也不是 GBK")


def _tried(declared: str) -> Iterator[str]:
    yield UTF8
    if any(name in declared.casefold() for name in _TRADITIONAL_NAMES):
        yield TRADITIONAL
    yield CHINESE


def _decoded(body: bytes, encoding: str) -> str:
    text = _attempt(body, encoding)
    if text is None:
        raise WordsError(f"开头说是 {encoding.upper()}，后面却不是")
    return text


def _attempt(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_mark(body: bytes) -> str:
    """Tell UTF-16 by its first sign, which is ASCII in every format that we read."""
    if body[1:2] == b"\0" and body[:1] != b"\0":
        return "utf-16-le"
    return "utf-16-be" if body[:1] == b"\0" and body[1:2] != b"\0" else ""


def _fitted(value: bytes, encoding: str) -> str | None:
    """Read one text, cut at its field's width in the middle of a sign if need be."""
    for cut in range(_SIGN_MAX_BYTES):
        if cut and value[-cut:].isascii():
            return None
        text = _attempt(value[: len(value) - cut], encoding)
        if text is not None:
            return text
    return None


def _is_likely(text: str, encoding: str, declared: str) -> bool:
    signs = [one for one in text if one >= _CHINESE_FROM and not "\uff00" <= one <= "\uffef"]
    if any("\ue000" <= one <= "\uf8ff" for one in signs):
        return False
    if encoding == UTF8:
        return bool(signs) or text.isascii() or not _reads_better(text)
    if encoding == TRADITIONAL or declared.casefold().startswith(("gb", "936", "cp936")):
        return True
    common = sum(_is_common(one) for one in signs)
    return common >= len(signs) * _COMMON_RATIO


def _reads_better(text: str) -> bool:
    """Tell whether letters of UTF-8 make common Chinese in GBK: two bytes may be either."""
    chinese = _attempt(text.encode(), CHINESE)
    letters = [one for one in chinese or "" if not one.isascii()]
    return bool(letters) and all(_is_common(one) for one in letters)


def _is_common(sign: str) -> bool:
    return b"\xb0\xa1" <= sign.encode("gb2312", "ignore") <= b"\xd7\xf9"


def _where_broken(body: bytes) -> str:
    """Tell the line of the first byte that is no UTF-8, when the others are."""
    text = body.decode(UTF8, "replace")
    lost = text.count(_LOST)
    if len(body) - len(text) > lost:
        line = text.count("\n", 0, text.index(_LOST)) + 1
        return f"第{line}行有读不出来的字，别处是 UTF-8"
    return "既不是 UTF-8 也不是 GBK，可能是繁体的 Big5"

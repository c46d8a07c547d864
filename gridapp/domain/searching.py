"""Chinese search by character pairs, the same on SQLite FTS5 and on PostgreSQL.

Two-character words are the rule (路灯, 噪音), so texts are cut into pairs: 路灯不亮 becomes 路灯,
灯不, 不亮 and the last 亮 alone. Every character thus begins a token, and a phrase of tokens finds
exactly the texts that hold the words asked for.

Tokens are written in ASCII letters and digits only. What counts as a letter differs between
SQLite's ``unicode61``, PostgreSQL's parser and their versions (rare characters such as 𠮷 or 鿼
would be dropped by one and kept by the other); of ASCII all have one opinion. It also leaves
nothing in a query that an engine could take for an operator.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from gridapp.domain.visible import is_unseen

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_LETTERS_A_SIGN: Final = 4  # 26⁴ signs: every plane that holds characters
_LONGEST_WORD: Final = 40
_LONGEST_QUERY: Final = 100
_MOST_PHRASES: Final = 8
_COMMON_SIGNS: Final = 8192

# First and last of what is written without spaces: kana, Han with extension A, Han of the
# compatibility block, Han of planes 2 and 3 (extensions B and later); 々 and 〇 stand apart.
_UNSPACED: Final = (
    ("\u3005", "\u3007"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


def _is_unspaced(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _UNSPACED)


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign) in {"Mn", "Mc"}


def _is_silent(sign: str) -> bool:
    """Tell whether a sign only tunes its neighbour: selectors, joiners, fillers."""
    return is_unseen(sign) and not sign.isspace()


def _folded(text: str) -> str:
    heard = "".join(sign for sign in text if not _is_silent(sign))
    return unicodedata.normalize("NFKC", heard).casefold()


@lru_cache(maxsize=_COMMON_SIGNS)
def _kind(sign: str) -> str:
    if _is_unspaced(sign):
        return "unspaced"
    return "word" if _is_of_a_word(sign) else ""


Run = tuple[str, str]  # its kind and its signs


def _phrases(text: str) -> list[list[Run]]:
    """Cut a folded text at everything that is neither sign nor word, then into runs."""
    phrases: list[list[Run]] = [[]]
    for kind, signs in groupby(text, _kind):
        if kind:
            phrases[-1].append((kind, "".join(signs)))
        else:
            phrases.append([])
    return [phrase for phrase in phrases if phrase]


@lru_cache(maxsize=_COMMON_SIGNS)
def _spelled_sign(sign: str) -> str:
    value, letters = ord(sign), ""
    for _ in range(_LETTERS_A_SIGN):
        value, letter = divmod(value, len(_LETTERS))
        letters = _LETTERS[letter] + letters
    return letters


def _spelled(signs: str) -> str:
    """Spell signs in four letters each; the first is never beyond ``p``."""
    return "".join(map(_spelled_sign, signs))


def _word(word: str) -> str:
    """Mark a word so that it can never be mistaken for a spelled sign."""
    word = word[:_LONGEST_WORD]
    return f"w{word}" if word.isascii() else f"x{_spelled(word)}"


def _tokens(phrase: list[Run]) -> list[str]:
    tokens: list[str] = []
    for kind, signs in phrase:
        if kind == "word":
            tokens.append(_word(signs))
        else:
            tokens += [_spelled(one + two) for one, two in pairwise(signs)]
            tokens.append(_spelled(signs[-1]))
    return tokens


def grams(text: str) -> str:
    """Give the tokens under which a text is found, joined by spaces, for the search column."""
    return " ".join(token for phrase in _phrases(_folded(text)) for token in _tokens(phrase))


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for: every phrase must be found.

    Args:
        phrases: Each is tokens joined by spaces; the last token of a phrase may end in ``*``: it
            is then only the beginning of the token sought.
        prefix: Set when a single letter or digit was typed, for which every text would be found:
            look for places and numbers that begin with it instead. ``phrases`` is then empty.
    """

    phrases: tuple[str, ...] = ()
    prefix: str = ""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.prefix)

    def for_fts5(self) -> str:
        """Give the right-hand side of SQLite's ``MATCH``."""
        return " AND ".join(
            f'"{phrase.removesuffix("*")}"' + "*" * phrase.endswith("*") for phrase in self.phrases
        )

    def for_tsquery(self) -> str:
        """Give the argument of PostgreSQL's ``to_tsquery('simple', …)``."""
        return " & ".join(
            "(" + " <-> ".join(phrase.replace("*", ":*").split()) + ")" for phrase in self.phrases
        )

    def for_like(self) -> tuple[str, ...]:
        """Give patterns which a text's grams between two spaces must all be ``LIKE``."""
        return tuple(
            f"% {phrase[:-1]}%" if phrase.endswith("*") else f"% {phrase} %"
            for phrase in self.phrases
        )


def query_grams(asked: str) -> Query:
    """Read what a person typed; anything can be typed, and nothing in it is an operator.

    False when nothing can be searched for in it: only marks, pictures or invisible signs.
    """
    phrases = _phrases(_folded(asked[:_LONGEST_QUERY]))
    different = {"".join(signs for _, signs in phrase) for phrase in phrases}
    lone = different.pop() if len(different) == 1 else ""
    if len(lone) == 1 and not _is_unspaced(lone):
        return Query(prefix=lone)
    return Query(tuple(dict.fromkeys(map(_asked, phrases)))[:_MOST_PHRASES])


def _asked(phrase: list[Run]) -> str:
    tokens = _tokens(phrase)
    kind, signs = phrase[-1]
    if kind == "word":
        return " ".join(tokens)
    # The text may go on after the last sign: a pair before it says enough, and a lone one is
    # only the beginning of a pair.
    return " ".join(tokens[:-1] if len(signs) > 1 else [*tokens[:-1], tokens[-1] + "*"])

"""Whether a text shows anything: words of only invisible signs are no words.

Source: Unicode's Default_Ignorable_Code_Point with what else is drawn as nothing at all (the
empty Braille cell). Signs of a newer Unicode than Python's own are taken to be seen.
"""

import unicodedata
from functools import lru_cache
from typing import Final

# Control, format (soft hyphen, joiners, direction, tags), half surrogates, and every kind of space.
_UNSEEN_KINDS: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# First and last of what has the category of a letter, a mark or nothing, and is still not drawn.
_UNSEEN: Final = (
    ("\u034f", "\u034f"),
    ("\u115f", "\u1160"),
    ("\u17b4", "\u17b5"),
    ("\u180b", "\u180f"),
    ("\u2065", "\u2065"),
    ("\u2800", "\u2800"),
    ("\u3164", "\u3164"),
    ("\ufe00", "\ufe0f"),
    ("\uffa0", "\uffa0"),
    ("\ufff0", "\ufff8"),
    ("\U0001bca0", "\U0001bca3"),
    ("\U0001d173", "\U0001d17a"),
    ("\U000e0000", "\U000e0fff"),
)


@lru_cache(maxsize=8192)
def is_unseen(sign: str) -> bool:
    """Tell whether nothing is drawn for a sign that stands alone; spaces count."""
    return unicodedata.category(sign) in _UNSEEN_KINDS or any(
        first <= sign <= last for first, last in _UNSEEN
    )


def shows_nothing(text: str) -> bool:
    """Tell whether nobody would see anything of a text; empty and blank ones count."""
    return all(map(is_unseen, text))


def shown_count(text: str) -> int:
    """Count the signs of a text that are seen: neither spaces nor what is drawn as nothing."""
    return sum(not is_unseen(sign) for sign in text)

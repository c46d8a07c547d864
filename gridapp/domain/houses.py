"""What people call a building: 1幢, 1号楼, 1# and 一号楼 are one house to whoever keeps a list."""

import re
import unicodedata
from typing import Final, NamedTuple

_UNSEEN: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_WORDS: Final = "号楼|#楼|号|#|幢|栋|座|楼"
_ENDING: Final = re.compile(rf"(?:{_WORDS})$")
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_COUNTED: Final = re.compile(rf"[零〇一二两三四五六七八九十]{{1,3}}(?=(?:{_WORDS})$)")
_NUMBER: Final = re.compile(r"[0-9]{1,4}[A-Z]?|[A-Z][0-9]{0,3}", re.ASCII)


class House(NamedTuple):
    """A building as it is told of: the grid in which it lies, its name, its address."""

    grid_id: int
    name: str
    address: str


def plain_house(text: str) -> str:
    """Give a name or an address without the word for a house behind its number: 3号楼 is 3."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    bare = "".join(sign for sign in narrow if not sign.isspace() and sign not in _UNSEEN)
    bare = _COUNTED.sub(lambda found: _counted(found[0]), bare)
    number = _ENDING.sub("", bare)
    return number if number != bare and number[-1:].isascii() and number[-1:].isalnum() else bare


def _counted(text: str) -> str:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[sign]) for sign in text)
    return str(10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0))


def may_be_same(one: House, other: House) -> bool:
    """Tell whether two may be one building under two spellings; a person has to say.

    In one grid they may by name, or by address; in two by address. Numbers that differ are two
    houses: those of an estate often share its address.
    """
    names = plain_house(one.name), plain_house(other.name)
    addresses = plain_house(one.address), plain_house(other.address)
    is_same_name = names[0] == names[1]
    is_same_address = addresses[0] == addresses[1] != ""
    are_numbers = all(_NUMBER.fullmatch(name) for name in names)
    if one.grid_id == other.grid_id and is_same_name:
        return True
    return is_same_address and (is_same_name or not are_numbers)

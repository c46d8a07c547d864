"""What is shown of a person to somebody who need not know: masks, and phones as we keep them.

Masked by default: phone ``138****8000``, name ``张*``, ID number first 3 and last 4, address to
the building. Showing more is the deed ``reveal``, with a reason and an audit row.
"""

import re
import unicodedata
from typing import Final

_LONGEST_TYPED: Final = 64
_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
# Area codes: 010, 02x, and 0 with three more digits of which the first is 3 to 9.
_LANDLINE: Final = re.compile(r"(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})", re.ASCII)
_SERVICE_LINE: Final = re.compile(r"(?:400|800)\d{7}", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015.()·]+")
_TRUNK: Final = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$)|(?:\+|00)86|0(?=1[3-9]\d{9}$)", re.ASCII)
_HIDDEN: Final = "*"
_KEPT_FIRST: Final = 3
_KEPT_LAST: Final = 4

# Two-character family names in use; whoever bears one keeps both characters.
_TWO_BY_TWO: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
)
COMPOUND_SURNAMES: Final = frozenset(
    _TWO_BY_TWO[first : first + 2] for first in range(0, len(_TWO_BY_TWO), 2)
)


# What lists write where somebody has no phone, or none is known.
_NO_PHONE: Final = frozenset(
    {"无", "没有", "没", "不详", "不明", "未知", "暂无", "未留", "未填", "未登记", "不清楚"}
    | {"无电话", "没电话", "没有电话", "无手机", "没手机", "没有手机", "电话不详", "不愿透露"}
    | {"/", "-", "--", "—", "——"}
)


def normalise_phone(typed: str) -> str | None:
    """Give a mainland number as digits alone, or None when it is none.

    ``+86 138-0000-8000`` and full-width digits give ``13800008000``; a landline keeps its area
    code (``037166668888``), a service line its ten digits (``4001234567``).
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    plain = unicodedata.normalize("NFKC", typed).strip()
    digits = _BETWEEN.sub("", "".join(s for s in plain if unicodedata.category(s) != "Cf"))
    digits = _TRUNK.sub("", digits, count=1) if _TRUNK.match(digits) else digits
    for pattern in (_MOBILE, _LANDLINE, _SERVICE_LINE):
        if pattern.fullmatch(digits):
            return digits
    return None


def says_no_phone(typed: str) -> bool:
    """Tell whether it says that there is no number, or that nobody knows it: 无, （不详）, —."""
    plain = "".join(unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).split())
    return plain.strip("()") in _NO_PHONE


def mask_phone(phone: str) -> str:
    """Give ``138****8000`` for a mobile, ``0371****8888`` for a landline, stars for the rest."""
    number = normalise_phone(phone)
    if number is None:
        return _HIDDEN * 4 if phone.strip() else ""
    landline = _LANDLINE.fullmatch(number)
    first = landline[1] if landline else number[:_KEPT_FIRST]
    return f"{first}{_HIDDEN * 4}{number[-_KEPT_LAST:]}"


def spaced_phone(phone: str) -> str:
    """Give a number as people read it: ``138 0000 8000``, ``021 5273 0101``."""
    number = normalise_phone(phone)
    if number is None:
        return phone
    if landline := _LANDLINE.fullmatch(number):
        return f"{landline[1]} {landline[2][:-4]} {landline[2][-4:]}"
    return f"{number[:3]} {number[3:-4]} {number[-4:]}"


def mask_name(name: str) -> str:
    """Give the family name and one star a character: ``张*``, ``李**``, ``欧阳**``.

    Of a name with a middle dot (买买提·艾力) the first character stays, of a Latin name the first
    letter, each with two stars so that the length tells nothing.
    """
    bare = " ".join(unicodedata.normalize("NFC", name).split())
    if not bare:
        return ""
    joined = bare.replace(" ", "")
    if not all("\u3400" <= s <= "\u9fff" or s >= "\U00020000" for s in joined):
        return joined[0] + _HIDDEN * 2
    known = 2 if joined[:2] in COMPOUND_SURNAMES and len(joined) > 2 else 1  # noqa: PLR2004 - two characters
    return joined[:known] + _HIDDEN * max(1, len(joined) - known)


def mask_id_number(number: str) -> str:
    """Give the first 3 and the last 4 of an ID number; all stars when it is too short for that."""
    bare = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    hidden = len(bare) - _KEPT_FIRST - _KEPT_LAST
    if hidden < _KEPT_LAST:
        return _HIDDEN * len(bare)
    return bare[:_KEPT_FIRST] + _HIDDEN * hidden + bare[-_KEPT_LAST:]


_COUNT: Final = r"(?:\d+|[一二三四五六七八九十百零〇]+)"
_NAME: Final = rf"(?:{_COUNT}|[A-Za-z]+\d*)"
# 3楼 is a floor, unless a staircase follows; A楼 is a building.
_BUILDING: Final = re.compile(
    rf"{_NAME}\s*(?:号楼|栋|幢|座|号院)|[A-Za-z]\d*\s*楼|{_COUNT}\s*楼(?=\s*{_COUNT}\s*单元)"
)
_DOOR: Final = re.compile(
    rf"{_NAME}\s*(?:单元|门洞|层|户|室|号房|房间|房)|{_COUNT}\s*楼(?!\s*{_COUNT}\s*单元)"
    rf"|(?<=[\d元楼栋幢座])\s*[-\u2010-\u2015]\s*\d+|(?<=[栋幢座楼])\s*\d{{2,}}"
    rf"|\s\d{{2,}}(?!\s*[\d号栋幢座楼])"
)


def mask_address(address: str) -> str:
    """Give an address to the building: 桃园小区3号楼2单元1101室 is 桃园小区3号楼."""
    plain = unicodedata.normalize("NFKC", address)
    door = _DOOR.search(plain)
    outside = plain[: door.start()] if door else plain
    buildings = [*_BUILDING.finditer(outside + plain[len(outside) :][:12])]
    buildings = [found for found in buildings if found.end() <= len(outside)]
    return (outside[: buildings[-1].end()] if buildings else outside).strip()


# \d takes full-width digits as well; their signs stand here by number, as they look alike.
_GAP: Final = r"[\s\-\u2010-\u2015.\uff0d\uff0e]{0,2}"
_AREA: Final = rf"(?:[(\uff08][0\uff10]\d{{2,3}}[)\uff09]|[0\uff10]\d{{2,3}}){_GAP}"
_PHONE_IN_TEXT: Final = re.compile(
    rf"(?<!\d)(?:[+\uff0b]?[8\uff18][6\uff16]{_GAP})?[0\uff10]?"
    rf"[1\uff11][3-9\uff13-\uff19](?:{_GAP}\d){{9}}(?!\d)"
    rf"|(?<!\d){_AREA}[2-8\uff12-\uff18](?:{_GAP}\d){{6,7}}(?!\d)"
)
_APART: Final = r"[\s\-\u2010-\u2015.\uff0d\uff0e]?"
_LAST: Final = r"[\dXx\uff38\uff58]"
_ID_IN_TEXT: Final = re.compile(
    rf"(?<!\d)\d(?:{_APART}\d){{16}}{_APART}{_LAST}(?!\d)|(?<!\d)\d(?:{_APART}\d){{14}}(?!\d)"
)
# Source: GB 11643-1999: the day of birth is the 7th to 14th sign; of the old fifteen, 7th to 12th.
# Codes of grids have fifteen digits as well: a street is 0xx to 2xx, so the old begin with 1930.
_NEW_LENGTH: Final = 18
_BIRTH_NEW: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BIRTH_OLD: Final = re.compile(r"[3-9]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def mask_ids(text: str) -> str:
    """Mask ID numbers inside words: 18 or 15 signs, also with gaps, by shape alone.

    Eighteen signs in a row are always masked, for a mistyped one is somebody's all the same; with
    gaps, or of fifteen, only what holds a day of birth.
    """
    return _ID_IN_TEXT.sub(lambda found: _masked_id(found[0]), text)


def _masked_id(found: str) -> str:
    bare = re.sub(_APART, "", unicodedata.normalize("NFKC", found)).upper()
    in_a_row = len(found) == _NEW_LENGTH
    return mask_id_number(bare) if in_a_row or _holds_birthday(bare) else found


def _holds_birthday(bare: str) -> bool:
    if len(bare) < _NEW_LENGTH:
        return _BIRTH_OLD.fullmatch(bare[6:12]) is not None
    return _BIRTH_NEW.fullmatch(bare[6:14]) is not None


def scrub(text: str) -> str:
    """Mask phones and ID numbers inside words that are shown to everybody."""
    return _PHONE_IN_TEXT.sub(lambda found: mask_phone(found[0]), mask_ids(text))

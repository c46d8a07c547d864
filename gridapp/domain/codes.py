"""The codes people read aloud and type: grids, buildings, cases; and the names of divisions.

Source: a grid's code is the 12-digit division code (6 county GB/T 2260, 3 street GB/T 10114,
3 community) and a 3-digit sequence. The suffixes ``-W03`` (micro-grid) and ``-Z01`` (dedicated
grid) are our own and hang on the code of the area above, a community or a grid.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Final, NamedTuple

# Without 0 1 I L O, so that nobody can mistake one sign for another. 31 is prime, which lets one
# check character catch every single wrong character and every swap of two.
BUILDING_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BUILDING_CODE_LENGTH: Final = 8

_FREE_LENGTH: Final = BUILDING_CODE_LENGTH - 1
_PRIME: Final = len(BUILDING_ALPHABET)
_VALUE_OF: Final = {sign: value for value, sign in enumerate(BUILDING_ALPHABET)}
_LONGEST_TYPED: Final = 64
_POSTED: Final = re.compile(r"[^\s?#]{0,200}/q/([^/?#\s]{1,64})(?:[/?#]\S{0,200})?", re.IGNORECASE)
_GRID_CODE: Final = re.compile(r"(\d{6}|\d{9}|\d{12}|\d{15})(?:-([WZ])(\d{2,3}))?", re.ASCII)
_CASE_NO: Final = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{5,18})", re.ASCII)
_DIVISION_LENGTH: Final = 12
_GRID_LENGTH: Final = 15
_HIGHEST_SEQUENCE: Final = 999


def normalise(code: str) -> str:
    """Give a typed code as we write it: upper case, half width, no spaces, no hyphens.

    The address that a poster's picture holds (``https://…/q/7KQ3MXP9``) gives the code in it.
    """
    if posted := _POSTED.fullmatch(code.strip()):
        code = posted[1]
    if len(code) > _LONGEST_TYPED:
        return ""
    upper = unicodedata.normalize("NFKC", code).upper()
    return "".join(
        sign
        for sign in upper
        if not sign.isspace() and unicodedata.category(sign) not in {"Pd", "Cf", "Cc"}
    )


def spaced_code(code: str) -> str:
    """Give a building's code as people read it aloud: ``7KQ3 MXP9``; any other as it is."""
    half = BUILDING_CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}" if len(code) == BUILDING_CODE_LENGTH else code


# --- building codes (楼栋码) ---------------------------------------------------------------


def _check_of(free: str) -> str:
    # Weights 8 … 2, and 1 for the check itself: all different, so any swap changes the sum.
    weights = range(BUILDING_CODE_LENGTH, 1, -1)
    total = sum(w * _VALUE_OF[sign] for w, sign in zip(weights, free, strict=True))
    return BUILDING_ALPHABET[-total % _PRIME]


def building_code(free: str) -> str:
    """Make the 8-character code from its 7 free characters.

    Raises:
        ValueError: The seven are not seven, or not of the alphabet.
    """
    if len(free) != _FREE_LENGTH or not set(free) <= _VALUE_OF.keys():
        raise ValueError(f"seven characters of {BUILDING_ALPHABET} are needed")
    return free + _check_of(free)


def draw_building_code(chance: Random) -> str:
    """Draw a new building code; ``SystemRandom`` for a real street, a seeded one for the demo."""
    return building_code("".join(chance.choices(BUILDING_ALPHABET, k=_FREE_LENGTH)))


def is_building_code(code: str) -> bool:
    """Tell whether a normalised code could stand on a poster: right signs, right check."""
    if len(code) != BUILDING_CODE_LENGTH or not set(code) <= _VALUE_OF.keys():
        return False
    return _check_of(code[:-1]) == code[-1]


def building_code_fault(code: str) -> str:
    """Tell what is wrong with a normalised code, as a person could mend it; empty for none.

    ``code_letters`` a sign that no code has, ``code_short`` and ``code_long`` its length,
    ``code_check`` a sign misread.
    """
    if not set(code) <= _VALUE_OF.keys():
        return "code_letters"
    if len(code) != BUILDING_CODE_LENGTH:
        return "code_short" if len(code) < BUILDING_CODE_LENGTH else "code_long"
    return "" if is_building_code(code) else "code_check"


# --- grid codes (网格编码) -----------------------------------------------------------------


class GridCode(NamedTuple):
    """A grid code taken apart.

    Args:
        digits: 6 (district), 9 (street), 12 (community) or 15 (grid) digits.
        letter: ``W`` for a micro-grid, ``Z`` for a dedicated grid, empty without suffix.
        number: The number in the suffix, 0 without suffix.
    """

    digits: str
    letter: str
    number: int


def parse_grid_code(code: str) -> GridCode | None:
    """Take a grid code apart, or give None when it is none."""
    found = _GRID_CODE.fullmatch(code)
    if found is None:
        return None
    digits, letter, number = found.groups()
    if letter and len(digits) < _DIVISION_LENGTH:
        return None
    return GridCode(digits, letter or "", int(number or 0))


def grid_code(division: str, sequence: int) -> str:
    """Make a grid's 15-digit code from its community's division code and its number there.

    Raises:
        ValueError: The division code is not 12 digits, or the number not 1 to 999.
    """
    if not re.fullmatch(r"\d{12}", division, re.ASCII):
        raise ValueError(f"{division!r} is not a 12-digit division code")
    if not 1 <= sequence <= _HIGHEST_SEQUENCE:
        raise ValueError(f"{sequence} is not a number from 1 to {_HIGHEST_SEQUENCE}")
    return f"{division}{sequence:03d}"


def _suffixed(above: str, letter: str, number: int) -> str:
    code = f"{above}-{letter}{number:02d}"
    if number < 1 or parse_grid_code(code) is None:
        raise ValueError(f"{code!r} is not a grid code")
    return code


def micro_code(above: str, number: int) -> str:
    """Make a micro-grid's code from the code of the grid or community above it.

    Raises:
        ValueError: The code above has no room for a suffix, or the number is not 1 to 999.
    """
    return _suffixed(above, "W", number)


def dedicated_code(above: str, number: int) -> str:
    """Make a dedicated grid's code from the code of the community or grid above it.

    Raises:
        ValueError: The code above has no room for a suffix, or the number is not 1 to 999.
    """
    return _suffixed(above, "Z", number)


def next_grid_code(division: str, taken: Iterable[str]) -> str:
    """Give the code after the highest one in use; a gap is never filled, old codes stay old."""
    used = [c for c in taken if c.startswith(division) and len(c) == _GRID_LENGTH and c.isdigit()]
    return grid_code(division, max((int(c[-3:]) for c in used), default=0) + 1)


def next_suffixed_code(above: str, letter: str, taken: Iterable[str]) -> str:
    """Give the next ``-W`` or ``-Z`` code under the area above; a gap is never filled."""
    parts = [parse_grid_code(c) for c in taken]
    used = [p.number for p in parts if p and p.digits == above and p.letter == letter]
    return _suffixed(above, letter, max(used, default=0) + 1)


# --- case numbers (事件编号) ---------------------------------------------------------------


class CaseNo(NamedTuple):
    """A case number taken apart: the Beijing date of the report, and the row's id."""

    reported_on: date
    case_id: int


def case_no(case_id: int, reported_on: date) -> str:
    """Make the public number: YYMMDD of the report in Beijing and the id, at least 5 digits."""
    return f"{reported_on:%y%m%d}{case_id:05d}"


def parse_case_no(no: str) -> CaseNo | None:
    """Take a typed case number apart, or give None when it is none."""
    found = _CASE_NO.fullmatch(normalise(no))
    if found is None:
        return None
    year, month, day, case_id = map(int, found.groups())
    try:
        parsed = CaseNo(date(2000 + year, month, day), case_id)
    except ValueError:
        return None
    # "0" padding beyond 5 digits would give one case two numbers.
    return parsed if case_no(parsed.case_id, parsed.reported_on) == found[0] else None


# --- names of divisions (区划名称) ---------------------------------------------------------

# (official ending, what the name must end with once the ending is gone)
_ENDINGS: Final = (
    ("社区居民委员会", "社区"), ("社区居委会", "社区"),
    ("村民委员会", "村"), ("村委会", "村"),
    ("居民委员会", "社区"), ("居委会", "社区"),
    ("街道办事处", "街道"), ("人民政府", ""),
)  # fmt: skip


def display_name(official: str) -> str:
    """Give a division's name as people say it: 碧沙岗社区居委会 is 碧沙岗社区."""
    name = "".join(official.split())
    for ending, keep in _ENDINGS:
        bare = name.removesuffix(ending)
        if bare not in {name, ""}:
            return bare if bare.endswith(keep) else bare + keep
    return name

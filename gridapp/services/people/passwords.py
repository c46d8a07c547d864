"""What makes a password good enough, how it is kept (argon2) and how a first one is drawn."""

import re
import secrets
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gridapp.domain.errors import WeakPasswordError

# Source: OWASP's argon2id profile (19 MiB, 2 passes, 1 lane): about 35 ms of one small core.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

LEAST_CHARACTERS: Final = 8
MOST_CHARACTERS: Final = 128
LEAST_CLASSES: Final = 3
_SHORTEST_TELLING_LOGIN: Final = 3

# What people put before or after a run of digits, English and Chinese habits alike.
_COMMON_WORDS: Final = frozenset(
    """
    a aa aaa ab abc abcd abcde admin administrator asd asdf asdfgh dragon gridapp guanliyuan hello
    iloveyou jiedao letmein login love master mima monkey pass passwd password q qaz qazwsx qq qwe
    qwer qwert qwerty qwertyuiop root shequ shanghai sunshine superman test user wangge wangluo
    welcome woaini woaiwojia woaizhongguo wodemima ws xiaoming zaq zhongguo zx zxc zxcv zxcvbn
    zhengzhou
    """.split()  # noqa: SIM905 - a list of words is read and mended more easily as text
)
_COMMON_DIGITS: Final = re.compile(
    r"|1|12|123|1234|12345|123456|1234567|12345678|123456789|1234567890|123123|123321|321|4321"
    r"|654321|(\d)\1+|520|521|1314|5201314|1314520|5211314|168|110|119|147258369|100200"
    r"|(?:19|20)\d\d(?:[01]\d[0-3]\d)?"
)
_COMMON_WHOLE: Final = frozenset(
    """
    1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 a1b2c3d4 1a2b3c4d a1s2d3f4 z1x2c3v4 qaz2wsx 1qazxsw2
    zaq12wsx zaq1xsw2 1qaz1qaz qwe123qwe abc123abc p455w0rd
    """.split()  # noqa: SIM905 - likewise
)
_SIGNS_FOR_LETTERS: Final = str.maketrans({"@": "a", "0": "o", "$": "s", "!": "i"})
_SIGNS: Final = re.compile(r"[!-/:-@\[-`{-~\s]")
_WORD_AND_DIGITS: Final = re.compile(r"(\d*)([a-z]+)(\d*)")

_FIRST_UPPER: Final = "ABCDEFGHJKMNPQRSTUVWXYZ"
_FIRST_LOWER: Final = "abcdefghjkmnpqrstuvwxyz"
_FIRST_DIGITS: Final = "23456789"


def fold(password: str) -> str:
    """Give the password as it is weighed: full-width signs of a Chinese keyboard become plain."""
    return unicodedata.normalize("NFKC", password)


def _as_bytes(password: str) -> bytes:
    # Half a surrogate pair, which JSON can carry, must be refused as wrong and not as a crash.
    return fold(password).encode("utf-8", "surrogatepass")


def keep(password: str, hasher: PasswordHasher = HASHER) -> str:
    """Give the argon2 hash to be kept."""
    return hasher.hash(_as_bytes(password))


def matches(kept: str, password: str, hasher: PasswordHasher = HASHER) -> bool:
    """Tell whether a password is the kept one; spends the same time when nothing is kept."""
    if len(password) > MOST_CHARACTERS:
        return False
    if not kept:
        keep(password, hasher)
        return False
    try:
        return hasher.verify(kept, _as_bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _classes(password: str) -> int:
    # Where capitals do not exist (Chinese), a character counts as a sign.
    tests = (str.isupper, str.islower, str.isdigit)
    return len({next((t.__name__ for t in tests if t(sign)), "sign") for sign in password})


def is_common(password: str) -> bool:
    """Tell whether a password is one that guessers try first: a common word with common digits.

    A few signs in between change nothing (``Admin@123``); many do.
    """
    lower = fold(password).lower()
    if len(_SIGNS.findall(lower)) * 2 > len(lower):
        return False
    for form in (lower, lower.translate(_SIGNS_FOR_LETTERS)):
        plain = _SIGNS.sub("", form)
        if plain in _COMMON_WHOLE or _COMMON_DIGITS.fullmatch(plain):
            return True
        found = _WORD_AND_DIGITS.fullmatch(plain)
        if found and found[2] in _COMMON_WORDS and _are_common_digits(found[1], found[3]):
            return True
    return False


def _are_common_digits(before: str, after: str) -> bool:
    return all(_COMMON_DIGITS.fullmatch(digits) for digits in (before, after))


def check_password(password: str, login: str = "", phone: str = "") -> None:
    """Let a good password pass.

    Raises:
        WeakPasswordError: Too short, too long, too plain, too common, or holds the login or phone.
    """
    plain = fold(password)
    if len(plain) < LEAST_CHARACTERS:
        raise WeakPasswordError("密码至少 8 位。")
    if len(plain) > MOST_CHARACTERS:
        raise WeakPasswordError("密码最多 128 位。")
    if _classes(plain) < LEAST_CLASSES:
        raise WeakPasswordError("密码要包含大写字母、小写字母、数字、符号中的至少三类。")
    told = [word for word in (login, phone) if len(word) >= _SHORTEST_TELLING_LOGIN]
    if any(word.lower() in plain.lower() for word in told):
        raise WeakPasswordError("密码里不能含有账号或手机号。")
    if is_common(plain):
        raise WeakPasswordError("这个密码太常见，容易被猜到，请换一个。")


def draw_half() -> str:
    """Draw one half of a password that two people give: ``kmtw-7394``."""
    letters = "".join(secrets.choice(_FIRST_LOWER) for _ in range(4))
    return f"{letters}-{''.join(secrets.choice(_FIRST_DIGITS) for _ in range(4))}"


def draw_password() -> str:
    """Draw a one-time password that is easy to read out: ``Kmtw-7394-hxbq``."""
    upper = secrets.choice(_FIRST_UPPER)
    start, end = ("".join(secrets.choice(_FIRST_LOWER) for _ in range(count)) for count in (3, 4))
    digits = "".join(secrets.choice(_FIRST_DIGITS) for _ in range(4))
    return f"{upper}{start}-{digits}-{end}"

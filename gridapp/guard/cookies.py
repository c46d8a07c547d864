"""The one cookie that the guard reads."""

import re
from typing import Final

from starlette.requests import cookie_parser

SESSION_COOKIE: Final = "grid_session"

_VALUE: Final = re.compile(r"[A-Za-z0-9._~+/=-]{1,300}")


def read_cookie(header: str, name: str) -> str | None:
    """Give a cookie's value, or None when it is absent or no value that we would have set."""
    value = cookie_parser(header).get(name, "")
    return value if _VALUE.fullmatch(value) else None

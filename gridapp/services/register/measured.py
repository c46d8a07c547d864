"""Reads the numbers that people type with their measure: 12层 is 12, 3口人 is 3."""

import re
import unicodedata
from typing import Final

from pydantic import BeforeValidator

_LONGEST: Final = 20


def measured(*measures: str, may_be_none: bool = False) -> BeforeValidator:
    """Give what reads a number before it is checked; what is none goes on to be refused.

    Args:
        measures: The words that may stand behind the number, such as ``层``.
        may_be_none: Whether an empty text, which takes a value away, is 0.
    """
    ending = "|".join(re.escape(measure) for measure in measures)
    written = re.compile(rf"([+-]?\d{{1,7}})(?:{ending})?", re.ASCII)

    def read(value: object) -> object:
        if not isinstance(value, str) or len(value) > _LONGEST:
            return value
        plain = "".join(unicodedata.normalize("NFKC", value).split())
        if not plain and may_be_none:
            return 0
        found = written.fullmatch(plain)
        return int(found[1]) if found else value

    return BeforeValidator(read)

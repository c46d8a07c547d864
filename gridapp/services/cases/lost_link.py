"""Finds a reporter's case again by its number and the last four digits of the phone (找回)."""

import hmac
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import normalise, parse_case_no
from gridapp.domain.errors import NotThereError
from gridapp.services.case_access import case_no_of
from gridapp.services.desk import Act
from gridapp.tables import Case

TAIL_DIGITS: Final = 4
# Stands in where there is no phone, so that every attempt takes the same way; no tail equals it.
_NONE: Final = "none"


def find_track(act: Act, no: str, tail: str) -> str:
    """Give the tracking token of a case to whoever knows its number and the phone's end.

    Raises:
        NotThereError: The number or the tail is wrong, or no phone was left; which, is not told.
    """
    parsed, end = parse_case_no(no), normalise(tail)
    asked = select(Case).where(col(Case.id) == (parsed.case_id if parsed else 0))
    row: Case | None = act.session.execute(asked).scalar_one_or_none()
    is_it = row is not None and case_no_of(row) == normalise(no)
    kept = row.reporter_phone[-TAIL_DIGITS:] if row is not None and is_it else ""
    is_right = hmac.compare_digest((kept or _NONE).encode(), end.encode())
    if row is None or not is_right or not end.isdigit():
        raise NotThereError
    return row.track

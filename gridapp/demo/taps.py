"""What a reporter of the demo does with one tap, decided by the report's own id, not by chance.

So that the rest of a town told from one seed stays as it was before these taps were known.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from gridapp.demo.telling import Played, Told
from gridapp.domain.vocabulary import Deed, Satisfaction

_ONE_IN_LEAVES_PHONE: Final = 9
_ONE_IN_THANKS: Final = 3
_SOON: Final = timedelta(minutes=25)


def leaves_phone(played: Played) -> Told | None:
    """Leave a phone soon after the report, where none was left with it."""
    number = played.report.uid.int
    if played.row["reporter_phone"] or number % _ONE_IN_LEAVES_PHONE:
        return None
    return _tap(played, Deed.LEAVE_PHONE, {"phone": f"139{number % 10**8:08d}"})


def thanks(played: Played) -> Told | None:
    """Thank after being satisfied."""
    is_glad = played.row["satisfaction"] is Satisfaction.SATISFIED
    if not is_glad or played.row["thanked_at"] or played.report.uid.int % _ONE_IN_THANKS:
        return None
    return _tap(played, Deed.THANK, {})


def _tap(played: Played, deed: Deed, facts: dict[str, Any]) -> Told | None:
    if played.report.by is not None:
        return None
    last = played.steps[-1][0]["at"]
    uid = UUID(int=played.report.uid.int ^ (1 + list(Deed).index(deed)))
    return Told(deed, last + _SOON, None, uid, facts)

"""The device cookie: a phone or browser that once reported, or from which somebody once signed in.

A device's own id (``Actor.device``) is made by the client, so a stranger makes as many as he likes.
This one is signed by the house and given only for a deed that was done. It is no identity: it opens
nothing. It gives a device an allowance of its own, which strangers cannot use up.
Source: OWASP, "Blocking Brute Force Attacks", device cookies.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, replace
from typing import Final

_PATTERN: Final = re.compile(
    r"1~(?P<id>[0-9a-f]{32})~(?P<reported>[r-])~(?P<people>[0-9a-f.]{0,71})~(?P<sign>[0-9a-f]{32})"
)
_MARK_CHARACTERS: Final = 8
# A shared phone of a shift; the latest stay.
_PEOPLE_MAX_COUNT: Final = 8


@dataclass(frozen=True)
class Device:
    """A device that has done something here.

    Args:
        id: Drawn by the house, the same for as long as the browser keeps the cookie.
        has_reported: Whether a report was taken from it.
        people: A mark for each person who signed in on it, the latest first.
    """

    id: str
    has_reported: bool = False
    people: tuple[str, ...] = ()

    @property
    def has_signed_in(self) -> bool:
        """Whether a member of staff has ever signed in on it."""
        return bool(self.people)


def read_device(secret: str, cookie: str | None) -> Device | None:
    """Give the device of a cookie; None when there is none or the house has not signed it."""
    found = _PATTERN.fullmatch(cookie or "")
    if found is None:
        return None
    told, _, sign = found[0].rpartition("~")
    if not hmac.compare_digest(sign, _digest(secret, told)[: len(sign)]):
        return None
    people = tuple(mark for mark in found["people"].split(".") if mark)
    return Device(found["id"], has_reported=found["reported"] == "r", people=people)


def device_id(secret: str, cookie: str | None) -> str:
    """Give the stable id of a device that has reported or signed in; nothing for a stranger's."""
    device = read_device(secret, cookie)
    return device.id if device else ""


def write_device(secret: str, device: Device) -> str:
    """Give the cookie of a device, signed."""
    told = f"1~{device.id}~{'r' if device.has_reported else '-'}~{'.'.join(device.people)}"
    return f"{told}~{_digest(secret, told)[:32]}"


def after_report(device: Device | None) -> Device:
    """Give the device as one that has reported; a stranger's gets its id now."""
    return replace(device or _new(), has_reported=True)


def after_sign_in(secret: str, device: Device | None, person_id: int) -> Device:
    """Give the device as one on which this person has signed in."""
    known = device or _new()
    mark = _person_mark(secret, known, person_id)
    others = [one for one in known.people if one != mark]
    return replace(known, people=(mark, *others)[:_PEOPLE_MAX_COUNT])


def knows_person(secret: str, device: Device | None, person_id: int) -> bool:
    """Tell whether this person has signed in on the device before."""
    return device is not None and _person_mark(secret, device, person_id) in device.people


def _new() -> Device:
    return Device(secrets.token_hex(16))


def _person_mark(secret: str, device: Device, person_id: int) -> str:
    # Bound to the device, so that two cookies do not tell that they know the same person.
    return _digest(secret, f"person\n{device.id}\n{person_id}")[:_MARK_CHARACTERS]


def _digest(secret: str, told: str) -> str:
    key = hashlib.sha256(b"gridapp.device:" + secret.encode()).digest()
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()

"""A small piece of work that a phone does before it may add to a place that is hot (算力验证).

Costs a phone a second and whoever floods a place a computer. The challenge is signed, not stored:
it is made for one report (its id) at one place and ends soon. So it is good once by construction:
another report has another id, and the same id is the same report.

A challenge is ``bits.ends.signature``; its answer is ``challenge:counter``, such that SHA-256 of it
begins with that many zero bits.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

# What ``assets/field/prove.js`` does on a phone of some years ago in about two seconds. The last of
# a hot place cost whoever floods it a minute of a whole processor each.
EASY_BITS: Final = 18
HARD_BITS: Final = 24
_STEP_BITS: Final = 2
KEPT_FOR: Final = timedelta(minutes=10)

_ANSWER: Final = re.compile(r"(([0-9]{1,2})\.([0-9]{1,12})\.[0-9a-f]{64}):[0-9]{1,12}", re.ASCII)
_BYTE_BITS: Final = 8


def bits_at(place_count: int, calm_count: int, full_count: int) -> int:
    """Tell how hard the work is: even steps from the calm count of a place to the full one.

    Args:
        place_count: How many came in lately, with this one.
        calm_count: Up to here nothing is asked for.
        full_count: Up to here work still helps.
    """
    steps = (HARD_BITS - EASY_BITS) // _STEP_BITS + 1
    share = (place_count - calm_count - 1) / max(1, full_count - calm_count)
    return EASY_BITS + _STEP_BITS * min(steps - 1, max(0, int(share * steps)))


def make_challenge(secret: str, uid: UUID, place: str, bits: int, now: datetime) -> str:
    """Make the challenge for one report at one place.

    Args:
        secret: The house's own.
        uid: The id of the report.
        place: The building.
        bits: How hard it is; each bit more is twice the work.
        now: From when it is good for ten minutes.
    """
    head = f"{bits}.{int((now + KEPT_FOR).timestamp())}"
    return f"{head}.{_sign(secret, head, uid, place)}"


def is_proven(  # noqa: PLR0913, PLR0917 - what is proven, and by what
    secret: str, answer: str, uid: UUID, place: str, bits: int, now: datetime
) -> bool:
    """Tell whether an answer is of this report, still good, hard enough and right."""
    found = _ANSWER.fullmatch(answer)
    if found is None:
        return False
    challenge, given_bits, ends = found[1], int(found[2]), int(found[3])
    head = challenge.rpartition(".")[0]
    signed = f"{head}.{_sign(secret, head, uid, place)}"
    return (
        hmac.compare_digest(challenge, signed)
        and given_bits >= bits
        and now.astimezone(UTC).timestamp() < ends
        and zero_bits(hashlib.sha256(answer.encode()).digest()) >= given_bits
    )


def zero_bits(digest: bytes) -> int:
    """Count the zero bits with which a digest begins."""
    return len(digest) * _BYTE_BITS - int.from_bytes(digest, "big").bit_length()


def _sign(secret: str, head: str, uid: UUID, place: str) -> str:
    said = f"gridapp proof\n{head}\n{uid}\n{place}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()

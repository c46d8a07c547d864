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

# What a phone of ten years ago (some 5,000 hashes a second) does in about two seconds.
EASY_BITS: Final = 13
HARD_BITS: Final = 15
KEPT_FOR: Final = timedelta(minutes=10)

_ANSWER: Final = re.compile(r"(([0-9]{1,2})\.([0-9]{1,12})\.[0-9a-f]{64}):[0-9]{1,12}", re.ASCII)
_BYTE_BITS: Final = 8


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

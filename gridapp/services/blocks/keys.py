"""What a block is known by: for devices and phones a keyed hash, which cannot be read back."""

import hashlib
import hmac
from typing import Final

from gridapp.domain.vocabulary import BlockKind

_DIGITS: Final = 40


def block_key(secret: str, kind: BlockKind, held: str) -> str:
    """Give the key of a device's id, a phone or a building's row; nothing has none.

    A building is no secret, and its row is found only by the look-up that asks for the block.
    """
    if not held or kind is BlockKind.PLACE:
        return held
    said = f"gridapp block\n{kind.value}\n{held}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()[:_DIGITS]

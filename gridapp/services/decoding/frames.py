"""What a decoding process and its caller say to each other, known to both."""

import os
import struct
from collections.abc import Callable
from typing import Any, Final, Protocol

# Kinds of frames in an answer, each with the length of what follows.
DATA, REFUSAL, END, STATUS = b"D", b"R", b"E", b"S"
FRAME: Final = struct.Struct(">cI")
# So begins what is said of a decoder that did not end by itself.
ENDED: Final = "the decoder ended with"
WISH_MOST_BYTES: Final = 4_096

Say = Callable[[bytes], None]


class RefusedError(Exception):
    """A decoder refuses its file; ``code`` tells its caller which refusal to make of it."""

    def __init__(self, code: str, sentence: str = "") -> None:
        super().__init__(sentence or code)
        self.code = code
        self.sentence = sentence


class Decoder(Protocol):
    """A module that decodes one kind of file."""

    def preload(self) -> None:
        """Read everything that is needed later: afterwards no file can be opened."""

    def decode(self, wish: dict[str, Any], body: int, say: Say) -> None:
        """Decode the file behind a descriptor, and say what comes of it, piece by piece.

        Raises:
            RefusedError: It is refused, for a reason that the caller knows.
        """


def read_all(body: int, most_bytes: int) -> bytes:
    """Read a file behind a descriptor to its end, or up to one byte more than it may have."""
    pieces, left = [], most_bytes + 1
    while left > 0 and (piece := os.read(body, left)):
        pieces.append(piece)
        left -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)

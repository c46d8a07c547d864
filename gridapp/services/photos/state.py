"""How the decoders of photos stand: looked at once when the server starts, then remembered."""

import json
import logging
from dataclasses import dataclass

from gridapp.domain.errors import BusyError
from gridapp.services.decoding.frames import RefusedError
from gridapp.services.photos.clean import MENDED_LIBHEIF, photo_pool

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DecoderState:
    """What staff may know of the decoders.

    Args:
        libheif: The version of the library that reads HEIC.
        takes_heic: Whether it is known to be mended, so that HEIC is taken.
        guards: What a decoder was seen to be unable to do: reach files, the network, other
            processes, signals, the server's environment. False is a guard that this kernel lacks.
    """

    libheif: str
    takes_heic: bool
    guards: dict[str, bool]


_seen: list[DecoderState] = []


def look_at_decoders() -> DecoderState | None:
    """Ask a decoder what it can reach and which library it has; None when it does not answer."""
    pool = photo_pool()
    try:
        version = tuple(int(n) for n in json.loads(pool.ask(b"", about=True))["libheif"])
        guards = {str(k): bool(v) for k, v in json.loads(pool.ask(b"", probe=True)).items()}
    except (BusyError, RefusedError):
        logger.exception("the decoders of photos do not answer")
        return None
    state = DecoderState(".".join(map(str, version)), version >= MENDED_LIBHEIF, guards)
    _seen[:] = [state]
    if not state.takes_heic:
        least = ".".join(map(str, MENDED_LIBHEIF))
        logger.warning("libheif %s is older than %s: no HEIC is taken", state.libheif, least)
    return state


def decoder_state() -> DecoderState | None:
    """Give what was seen at the start, if it was."""
    return _seen[0] if _seen else None


def takes_heic() -> bool:
    """Tell whether HEIC is taken; while nobody has looked, it is not."""
    return bool(_seen) and _seen[0].takes_heic

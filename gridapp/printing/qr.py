"""The code on a poster: version 3 at level H where it fits, drawn as one filled path."""

from functools import lru_cache
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_H

# A fixed mask keeps a reprint identical to what hangs already; 3 survived stains and glare as well
# as any other.
_MASK: Final = 3
_LEAST_VERSION: Final = 3
QUIET_MODULES: Final = 4


@lru_cache(maxsize=16)
def path_of(text: str) -> tuple[int, str]:
    """Draw a text as a QR code: the side in modules (quiet zone included) and an SVG path.

    A capital address of at most 35 characters fits version 3 at level H; a longer one gets a larger
    version. Runs of dark modules are one rectangle each, all in one path, so that no renderer
    leaves hairlines between them.
    """
    code = qrcode.QRCode(
        version=_LEAST_VERSION,
        error_correction=ERROR_CORRECT_H,
        border=0,
        mask_pattern=_MASK,
    )
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    parts: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            parts.append(
                f"M{start + QUIET_MODULES} {y + QUIET_MODULES}h{x - start}v1h-{x - start}z"
            )
    return len(rows) + 2 * QUIET_MODULES, "".join(parts)


def svg_of(text: str) -> str:
    """Draw a text as an SVG picture of one path on white."""
    side, path = path_of(text)
    box = f"0 0 {side} {side}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        f'<path d="{path}" fill="#000"/></svg>'
    )

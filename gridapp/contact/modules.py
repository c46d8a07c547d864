"""Which modules a page needs in the end, so that it asks for all of them at once.

A browser finds out about an import only when the importing module is there: one after the other,
each through the service worker, they would cost a phone a second.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from gridapp.contact.assets import ASSETS_DIR

_IMPORTED: Final = re.compile(r'^(?:import|export)[^"]*?"(\.[^"]+\.js)"', re.MULTILINE)


@cache
def needed_modules(*entries: str) -> tuple[str, ...]:
    """List all that these modules import, themselves first, as paths below the assets."""
    needed: dict[str, None] = {}
    waiting = [ASSETS_DIR / entry.lstrip("/") for entry in entries]
    while waiting:
        module = waiting.pop(0)
        path = f"/{module.relative_to(ASSETS_DIR).as_posix()}"
        if path in needed:
            continue
        needed[path] = None
        waiting += _imports_of(module)
    return tuple(needed)


def _imports_of(module: Path) -> list[Path]:
    text = module.read_text(encoding="utf-8")
    return [(module.parent / name).resolve() for name in _IMPORTED.findall(text)]

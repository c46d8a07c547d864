"""Addresses of assets that carry their version, so that a phone may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

ASSETS_DIR: Final = Path(__file__).resolve().parents[2] / "assets"

_FOLDERS: Final = ("field", "styles", "icons")
_VERSION_DIGITS: Final = 12
_ASK_FIRST: Final = {"Cache-Control": "no-cache"}
_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def served_files() -> tuple[str, ...]:
    """List the assets that have such an address."""
    found = (
        path.relative_to(ASSETS_DIR).as_posix()
        for folder in _FOLDERS
        for path in (ASSETS_DIR / folder).rglob("*")
        if path.is_file()
    )
    return tuple(sorted(found))


@cache
def asset_version() -> str:
    """Give the version of all assets together: one byte changed anywhere makes another one."""
    digest = hashlib.sha256()
    for path in served_files():
        digest.update(f"{path}\0".encode())
        digest.update((ASSETS_DIR / path).read_bytes())
    return digest.hexdigest()[:_VERSION_DIGITS]


def asset(path: str) -> str:
    """Give the address of an asset in this version; what a module imports is of the same."""
    return f"/v/{asset_version()}{path}"


def show_asset(request: Request) -> Response:
    """Serve an asset; an address of another version gets today's, and may not keep it."""
    path = request.path_params["path"]
    if path not in served_files():
        raise HTTPException(404)
    is_current = request.path_params["version"] == asset_version()
    return FileResponse(ASSETS_DIR / path, headers=_FOR_EVER if is_current else _ASK_FIRST)

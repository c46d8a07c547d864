"""Addresses of assets that carry their version, so that a phone may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from gridapp.frontend.builds import builds_in
from gridapp.services.desk import Desk, the_desk

ASSETS_DIR: Final = Path(__file__).resolve().parents[2] / "assets"

_FOLDERS: Final = ("field", "styles", "icons")
_VERSION_DIGITS: Final = 12
_ASK_FIRST: Final = {"Cache-Control": "no-cache"}
_OF_BUILD: Final = "X-Grid-Build"
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


def keep_build(desk: Desk) -> None:
    """Keep this build's assets for pages that are still open when the next one is served."""
    builds = builds_in(desk.settings.data_dir)
    builds.keep(asset_version(), ASSETS_DIR, served_files(), desk.clock())


def show_asset(request: Request) -> Response:
    """Serve an asset of its own version, kept for ever by whoever has it.

    An address of a version that is no longer kept, or not yet here, gets today's: most likely it
    fits. The header says which it is, so that a service worker never keeps it as something else.
    """
    version, path = request.path_params["version"], request.path_params["path"]
    former = None if version == asset_version() else _former(version, path)
    if former is not None:
        return FileResponse(former, headers=_FOR_EVER | {_OF_BUILD: version})
    if path not in served_files():
        raise HTTPException(404)
    kept = _FOR_EVER if version == asset_version() else _ASK_FIRST
    return FileResponse(ASSETS_DIR / path, headers=kept | {_OF_BUILD: asset_version()})


def _former(version: str, path: str) -> Path | None:
    return builds_in(the_desk().settings.data_dir).find(version, path)

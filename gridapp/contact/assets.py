"""Addresses of assets that carry their version, so that a phone may keep them for ever."""

import base64
import gzip
import hashlib
import mimetypes
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from gridapp.frontend.builds import builds_in
from gridapp.services.desk import Desk, the_desk

ASSETS_DIR: Final = Path(__file__).resolve().parents[2] / "assets"

# What every resident's page needs, as one file: a poor line pays for each request.
_TOGETHER: Final = {
    "styles/resident.css": tuple(
        f"styles/{sheet}.css"
        for sheet in ("tokens", "base", "parts", "forms", "photos", "story", "elder", "eyes")
    )
}
_FOLDERS: Final = ("field", "styles", "icons")
_TEXT: Final = frozenset({".js", ".css", ".svg"})
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
        return _answer(request, former, _FOR_EVER | {_OF_BUILD: version})
    if path not in served_files() and path not in _TOGETHER:
        raise HTTPException(404)
    kept = _FOR_EVER if version == asset_version() else _ASK_FIRST
    kept |= {_OF_BUILD: asset_version()}
    if path in _TOGETHER:
        return _answer_with(request, _together(path), "text/css", kept)
    return _answer(request, ASSETS_DIR / path, kept)


def _answer(request: Request, file: Path, headers: dict[str, str]) -> Response:
    """Send text squeezed: the server hands a file over as it is, past whatever would squeeze it."""
    if file.suffix not in _TEXT:
        return FileResponse(file, headers=headers)
    kind = mimetypes.guess_type(file.name)[0]
    return _answer_with(request, _read(file), kind, headers)


def _answer_with(
    request: Request, body: bytes, kind: str | None, headers: dict[str, str]
) -> Response:
    headers = headers | {"Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(body, headers=headers, media_type=kind)
    squeezed = headers | {"Content-Encoding": "gzip"}
    return Response(_squeezed(body), headers=squeezed, media_type=kind)


@cache
def resident_styles() -> str:
    """Give the sheet of residents' pages, which a first page holds: one trip less."""
    return _together("styles/resident.css").decode()


def inline_source(text: str) -> str:
    """Name a text that stands in a page to the policy that lets nothing else stand there."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _together(path: str) -> bytes:
    return b"".join((ASSETS_DIR / part).read_bytes() for part in _TOGETHER[path])


@lru_cache(maxsize=256)
def _read(file: Path) -> bytes:
    return file.read_bytes()


@lru_cache(maxsize=256)
def _squeezed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _former(version: str, path: str) -> Path | None:
    return builds_in(the_desk().settings.data_dir).find(version, path)

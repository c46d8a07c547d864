"""Serves the built front end: right caching, no redirects, compressed, a 404 in Chinese."""

from collections.abc import Callable
from pathlib import Path

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Scope

_A_YEAR = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"
_SHELL = "__spa-fallback.html"

Router = Callable[[str], str | None]


class FrontendFiles(PrecompressedStaticFiles):
    """The files of one build; ``/x`` is ``x.html`` and an unknown address is a 404 page."""

    def __init__(self, directory: Path, router: Router) -> None:
        super().__init__(directory=directory, html=True, encodings=("brotli", "gzip"))
        self._folder = directory
        self._page_of = router

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file, a page, or the 404 page; hashed files may be kept for ever."""
        response = await super().get_response(self._file_for(path), scope)
        if response.status_code == 404:  # noqa: PLR2004 - the code is the word
            response = self._shell_or_not_found(path, scope)
        hashed = path.startswith("assets/") and response.status_code < 400  # noqa: PLR2004 - 4xx begin
        response.headers["Cache-Control"] = _A_YEAR if hashed else _ASK_FIRST
        return response

    def _file_for(self, path: str) -> str:
        # Starlette answers /x with a redirect to /x/ when a folder of that name holds a page;
        # the address would be wrong behind a proxy, and a redirect costs a phone a round trip.
        page = f"{path.rstrip('/')}.html"
        return page if path != "." and (self._folder / page).is_file() else path

    def _shell_or_not_found(self, path: str, scope: Scope) -> Response:
        known = path.startswith("assets/") is False and self._page_of(f"/{path}") is not None
        name, status = (_SHELL, 200) if known else ("404.html", 404)
        file = self._folder / name
        return self.file_response(file, file.stat(), scope, status)


def with_frontend(directory: Path, router: Router) -> Callable[[ASGIApp], ASGIApp]:
    """Answer every address that Reflex does not from the built front end, where there is one.

    Args:
        directory: The published build; absent when only events are served.
        router: Tells the page of an address, for pages whose address has a variable part.
    """

    def wrap(api: ASGIApp) -> ASGIApp:
        if isinstance(api, Starlette) and directory.is_dir():
            files = FrontendFiles(directory, router)
            api.routes.append(Mount("/", app=files, name="frontend"))
        return api

    return wrap

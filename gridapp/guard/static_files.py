"""Serves the built front end: right caching, no redirects, compressed, a 404 in Chinese."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Scope

from gridapp.ui import not_found

_A_YEAR = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"

Router = Callable[[str], str | None]


class FrontendFiles(PrecompressedStaticFiles):
    """The files of one build; ``/x`` is ``x.html`` and an unknown address is a 404 page."""

    def __init__(self, directory: Path, router: Router) -> None:
        super().__init__(directory=directory, html=True, encodings=("brotli", "gzip"))
        self._shell = directory / "__spa-fallback.html"
        self._page_of = router
        # Known once, so that no address a client invents reaches the file system by this way.
        self._pages = {page.relative_to(directory).as_posix() for page in directory.rglob("*.html")}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file, a page, or the 404 page; hashed files may be kept for ever."""
        hashed = path.startswith("assets/")
        response = await self._file(path, scope)
        if response is None:
            response = self._page_or_not_found(path, scope, may_be_page=not hashed)
            hashed = False
        response.headers["Cache-Control"] = _A_YEAR if hashed else _ASK_FIRST
        return response

    async def _file(self, path: str, scope: Scope) -> Response | None:
        try:
            response = await super().get_response(self._file_for(path), scope)
        except HTTPException as refusal:
            # An address that no file system can hold is a wrong address like any other.
            if refusal.status_code != HTTPStatus.NOT_FOUND:
                raise
            return None
        return None if response.status_code == HTTPStatus.NOT_FOUND else response

    def _file_for(self, path: str) -> str:
        # Starlette answers /x with a redirect to /x/ when a folder of that name holds a page;
        # the address would be wrong behind a proxy, and a redirect costs a phone a round trip.
        page = f"{path.rstrip('/')}.html"
        return page if page in self._pages else path

    def _page_or_not_found(self, path: str, scope: Scope, *, may_be_page: bool) -> Response:
        if may_be_page and self._page_of(f"/{path}") is not None:
            return self.file_response(self._shell, self._shell.stat(), scope)
        return HTMLResponse(not_found.DOCUMENT, HTTPStatus.NOT_FOUND)


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

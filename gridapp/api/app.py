"""The API, put together: every route, one place for errors, one door in front."""

from collections.abc import Callable
from importlib.metadata import version

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from gridapp.api import (
    audits,
    boundaries,
    cases,
    deeds,
    health,
    imports,
    maps,
    photos,
    places,
    prints,
    reports,
    session,
    stats,
    tracking,
    works,
)
from gridapp.api.bodies import StrictRoute
from gridapp.api.errors import answer_errors
from gridapp.api.figures import Figures
from gridapp.api.front import Front
from gridapp.api.routes import PREFIX, Problem
from gridapp.api.straight import Straight

_MODULES = (
    places,
    reports,
    photos,
    cases,
    tracking,
    session,
    deeds,
    stats,
    maps,
    boundaries,
    prints,
    works,
    audits,
    imports,
    health,
)


def make_api() -> FastAPI:
    """Make the API alone; it serves from the process's open desk."""
    api = FastAPI(
        title="gridapp",
        version=version("gridapp"),
        summary="邻里网格治理",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        responses={"default": {"model": Problem, "description": "Refused"}},
    )
    api.router.route_class = StrictRoute
    api.state.figures = Figures()
    api.state.together = reports.reporting()
    for module in _MODULES:
        module.register(api)
    answer_errors(api)
    return api


def api_app() -> Front:
    """Make the API behind its door, as an ASGI app."""
    api = make_api()
    return Front(api, api.state.figures, Straight(api))


def with_api(api: ASGIApp) -> Callable[[ASGIApp], ASGIApp]:
    """Put the API before another app: as an entry of ``rx.App(api_transformer=[…])``."""

    def wrap(other: ASGIApp) -> ASGIApp:
        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            ours = scope["type"] == "http" and scope["path"].startswith(f"{PREFIX}/")
            await (api if ours else other)(scope, receive, send)

        return served

    return wrap

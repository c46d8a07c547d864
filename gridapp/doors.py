"""What is served without Reflex: the API and the pages of first contact, put together.

``gridapp serve --api-only`` serves this alone; the whole app puts it before the front end.
"""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Match, Router
from starlette.types import ASGIApp, Receive, Scope, Send

import gridapp.services.all_deeds  # noqa: F401 - each feature writes its deeds down
from gridapp.api.app import api_app, with_api
from gridapp.contact.assets import keep_build
from gridapp.contact.routes import asset_mount, contact_routes
from gridapp.guard.front_door import front_door
from gridapp.guard.headers import security_headers
from gridapp.jobs.rounds import run_jobs
from gridapp.jobs.works import run_works
from gridapp.services.desk import open_desk, the_desk
from gridapp.services.photos.state import look_at_decoders
from gridapp.settings import load_settings

# Below this a page in one packet costs less than compressing it.
_COMPRESS_FROM_BYTES = 1_000


def with_contact() -> Callable[[ASGIApp], ASGIApp]:
    """Put the server-rendered pages before another app."""
    router = Router(routes=contact_routes(), redirect_slashes=False)
    # The router alone raises what it refuses (a file that is not there): here it is answered.
    pages = GZipMiddleware(ExceptionMiddleware(router), minimum_size=_COMPRESS_FROM_BYTES)

    def wrap(other: ASGIApp) -> ASGIApp:
        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            ours = scope["type"] == "http" and any(
                route.matches(scope)[0] is not Match.NONE for route in router.routes
            )
            await (pages if ours else other)(scope, receive, send)

        return served

    return wrap


def with_doors() -> list[Callable[[ASGIApp], ASGIApp]]:
    """Give the doors as entries of ``rx.App(api_transformer=[…])``."""
    return [with_contact(), with_api(api_app())]


@asynccontextmanager
async def jobs_running() -> AsyncIterator[None]:
    """Run what happens by itself for as long as this worker serves."""
    keep_build(the_desk())
    # Beside the start, not before it: pages are served meanwhile, and no HEIC is taken yet.
    threading.Thread(target=look_at_decoders, name="decoders", daemon=True).start()
    async with run_jobs(the_desk()), run_works(the_desk()):
        yield


def api_only() -> ASGIApp:
    """Make the app without a front end; granian calls it once in each worker."""
    settings = load_settings()
    open_desk(settings)
    served: ASGIApp = Starlette(routes=[asset_mount()], lifespan=lambda _: jobs_running())
    for wrap in with_doors():
        served = wrap(served)
    served = security_headers(settings)(served)
    for wrap in front_door(settings):
        served = wrap(served)
    return served

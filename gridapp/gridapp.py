"""The assembly: everything gridapp serves, put together; the only module that knows all others."""

from collections.abc import Callable

import reflex as rx
from starlette.types import ASGIApp

from gridapp.contact.assets import asset
from gridapp.doors import jobs_running, with_doors
from gridapp.frontend.layout import PUBLISHED_DIR
from gridapp.guard.failures import log_browser_failure
from gridapp.guard.front_door import front_door
from gridapp.guard.headers import security_headers
from gridapp.guard.install import gate, guard_events
from gridapp.guard.static_files import with_frontend
from gridapp.screens import register_pages
from gridapp.screens.session import on_backend_error, tell_refusal
from gridapp.services.desk import Actor, open_desk, the_desk
from gridapp.services.people.sessions import identify
from gridapp.settings import Settings, load_settings
from gridapp.ui.breakdown import page_boundary
from gridapp.ui.offline import THEME_COLOUR
from gridapp.ui.styles import (
    ICON,
    MANAGE_MODULE,
    OPENED_MODULE,
    SEARCH_MODULE,
    SHEETS_MODULE,
    STYLESHEETS,
    VIEWPORT,
)

register_pages()


def _holder(cookie: str | None) -> Actor | None:
    return identify(the_desk(), cookie)


def _served(reflex_api: ASGIApp) -> ASGIApp:
    settings = load_settings()
    open_desk(settings)
    # Inside out: what follows in this list wraps what stands above it.
    wrappers: list[Callable[[ASGIApp], ASGIApp]] = [
        with_frontend(PUBLISHED_DIR, app.router),
        *with_doors(),
        gate(settings, _holder),
        security_headers(settings, PUBLISHED_DIR),
        *front_door(settings),
    ]
    served = reflex_api
    for wrap in wrappers:
        served = wrap(served)
    return served


app = rx.App(
    app_wraps={(55, "ErrorBoundary"): lambda stateful: page_boundary(stateful=stateful)},
    toaster=None,
    html_lang="zh-CN",
    reset_style=False,
    stylesheets=list(STYLESHEETS),
    head_components=[
        rx.el.meta(name="viewport", content=VIEWPORT),
        rx.el.meta(name="format-detection", content="telephone=no"),
        rx.el.link(rel="icon", href=ICON),
        rx.el.meta(name="theme-color", content=THEME_COLOUR),
        rx.el.script(src=SHEETS_MODULE, type="module"),
        rx.el.script(src=OPENED_MODULE, type="module"),
        rx.el.script(src=SEARCH_MODULE, type="module"),
        rx.el.script(src=MANAGE_MODULE, type="module"),
        rx.el.script(src=asset("/field/staff.js"), type="module"),
    ],
    frontend_exception_handler=log_browser_failure,
    backend_exception_handler=on_backend_error,
    api_transformer=_served,
)
guard_events(app, Settings().origin, identify=_holder, tell=tell_refusal)
app.register_lifespan_task(jobs_running)

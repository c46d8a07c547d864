"""``/health`` and ``/metrics``: for the machines that watch over this one."""

from contextlib import suppress
from dataclasses import replace
from hmac import compare_digest
from importlib.metadata import version

from fastapi import FastAPI, Request, Response

from gridapp.api.answers import answer
from gridapp.api.figures import Figures
from gridapp.api.routes import reads, route
from gridapp.api.who import anyone, staff
from gridapp.domain.errors import GridappError, NotAllowedError
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import the_desk
from gridapp.services.health import HealthView, check_health
from gridapp.services.photos.state import decoder_state


def get_health(request: Request) -> Response:
    """Tell how the house stands; 503 when it cannot serve. Staff see the decoders' state too."""
    health = check_health(the_desk(), version("gridapp"))
    if health.database and _is_staff(request):
        health = replace(health, decoders=decoder_state())
    return answer(health, 200 if health.status == "ok" else 503)


def _is_staff(request: Request) -> bool:
    with suppress(GridappError):
        return anyone(request).person_id is not None
    return False


def get_metrics(request: Request) -> Response:
    """Write this process's counts as Prometheus reads them, for the watcher or an administrator."""
    _demand_watcher(request)
    health = check_health(the_desk(), version("gridapp"))
    figures: Figures = request.app.state.figures
    text = figures.text(
        {
            "up": health.status == "ok",
            "outbox_waiting_count": health.outbox_waiting_count,
            "outbox_lag_seconds": health.outbox_lag_s,
            "free_disk_bytes": the_desk().files.free_bytes,
            "disk_low": health.disk_low,
        }
    )
    return Response(text, media_type="text/plain; version=0.0.4")


def _demand_watcher(request: Request) -> None:
    """Let pass who shows the watcher's token, or is signed in as administrator or auditor.

    Not by the network's address: behind a proxy on the same machine everybody comes from here.

    Raises:
        SignInNeededError: Nobody is signed in, and the token is missing or wrong.
        NotAllowedError: Signed in, but not for this role.
    """
    token = the_desk().settings.metrics_token.encode()
    given = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
    if token and compare_digest(given, token):
        return
    if not staff(request).roles & {Role.ADMINISTRATOR, Role.AUDITOR}:
        raise NotAllowedError


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/health", get_health, "健康检查", reads(HealthView))
    route(api, "GET", "/metrics", get_metrics, "指标", reads(str, 401, 403))

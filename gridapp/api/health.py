"""``/health`` and ``/metrics``: for the machines that watch over this one."""

from importlib.metadata import version

from fastapi import FastAPI, Request, Response

from gridapp.api.answers import answer
from gridapp.api.figures import Figures
from gridapp.api.routes import reads, route
from gridapp.services.desk import the_desk
from gridapp.services.health import HealthView, check_health


def get_health() -> Response:
    """Tell how the house stands; 503 when it cannot serve."""
    health = check_health(the_desk(), version("gridapp"))
    return answer(health, 200 if health.status == "ok" else 503)


def get_metrics(request: Request) -> Response:
    """Write this process's counts as Prometheus reads them."""
    health = check_health(the_desk(), version("gridapp"))
    figures: Figures = request.app.state.figures
    text = figures.text(
        {
            "up": health.status == "ok",
            "outbox_waiting_count": health.outbox_waiting_count,
            "outbox_lag_seconds": health.outbox_lag_s,
        }
    )
    return Response(text, media_type="text/plain; version=0.0.4")


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/health", get_health, "健康检查", reads(HealthView))
    route(api, "GET", "/metrics", get_metrics, "指标", reads(str))

"""A visitor's device: a random id in a cookie, for fair limits, never identity."""

import re
from typing import Final
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from gridapp.guard.cookies import read_cookie
from gridapp.guard.device_cookie import known_device_id
from gridapp.services.desk import Actor, the_desk

DEVICE_COOKIE: Final = "grid_device"
_DEVICE: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_KEPT_DAYS: Final = 400


def visitor(request: Request, carried: str = "") -> Actor:
    """Give a resident with the device's id; one that came without gets a new one.

    Args:
        request: With or without the cookie.
        carried: The id that a form brought back, for a browser that keeps no cookies.
    """
    back = carried if _DEVICE.fullmatch(carried) else ""
    device = own_device(request) or back or str(uuid4())
    return Actor(device=device, known_device=known_device_id(request))


def remembered(request: Request, actor: Actor, response: Response) -> Response:
    """Let the device keep its id, where the browser allows it."""
    if own_device(request) != actor.device:
        response.set_cookie(
            DEVICE_COOKIE,
            actor.device,
            max_age=_KEPT_DAYS * 86_400,
            path="/",
            httponly=True,
            samesite="lax",
            secure=the_desk().settings.is_https,
        )
    return response


def own_device(request: Request) -> str:
    """Give the id that a device has been given before, unsigned, or nothing."""
    given = read_cookie(request.headers.get("cookie", ""), DEVICE_COOKIE) or ""
    return given if _DEVICE.fullmatch(given) else ""

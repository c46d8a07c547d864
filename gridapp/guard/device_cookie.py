"""Carries the device cookie over HTTP; what it says is in ``services.devices``."""

from typing import Final, TypeVar

from starlette.requests import HTTPConnection
from starlette.responses import Response

from gridapp.guard.cookies import read_cookie
from gridapp.services.desk import the_desk
from gridapp.services.devices import (
    Device,
    after_report,
    after_sign_in,
    device_id,
    read_device,
    write_device,
)

KNOWN_DEVICE_COOKIE: Final = "grid_known"
_KEPT_S: Final = 400 * 86_400  # the longest that browsers keep a cookie

Answer = TypeVar("Answer", bound=Response)


def known_device(request: HTTPConnection) -> Device | None:
    """Give the device behind a request when it has reported or signed in before, else None."""
    return read_device(the_desk().settings.secret_key, _cookie(request))


def known_device_id(request: HTTPConnection) -> str:
    """Give that device's stable id, or nothing."""
    return device_id(the_desk().settings.secret_key, _cookie(request))


def remember_report(request: HTTPConnection, response: Answer) -> Answer:
    """Let the device be known as one that has reported."""
    return _remember(request, response, after_report(known_device(request)))


def remember_sign_in(request: HTTPConnection, response: Answer, person_id: int) -> Answer:
    """Let the device be known as one on which this person signs in."""
    secret = the_desk().settings.secret_key
    return _remember(request, response, after_sign_in(secret, known_device(request), person_id))


def _cookie(request: HTTPConnection) -> str | None:
    return read_cookie(request.headers.get("cookie", ""), KNOWN_DEVICE_COOKIE)


def _remember(request: HTTPConnection, response: Answer, device: Device) -> Answer:
    settings = the_desk().settings
    value = write_device(settings.secret_key, device)
    if value != _cookie(request):
        response.set_cookie(
            KNOWN_DEVICE_COOKIE,
            value,
            max_age=_KEPT_S,
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.is_https,
        )
    return response

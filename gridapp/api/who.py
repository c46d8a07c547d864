"""Who sends a request: from the session cookie, the tracking token, the device's own id."""

import re
from dataclasses import replace
from typing import Final

from fastapi import Request

from gridapp.api.wire import ForeignOriginError
from gridapp.domain.errors import (
    OtherPersonError,
    PasswordChangeNeededError,
    SignInNeededError,
)
from gridapp.guard.cookies import SESSION_COOKIE, read_cookie
from gridapp.guard.device_cookie import known_device_id
from gridapp.guard.origins import admits_origin
from gridapp.services.desk import Actor, the_desk
from gridapp.services.people.sessions import identify

DEVICE_HEADER: Final = "x-grid-device"
# The answer to a challenge, see ``domain.proof``.
PROOF_HEADER: Final = "x-grid-proof"
PERSON_HEADER: Final = "x-grid-person"

_DEVICE: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})

_PROOF_MAX_CHARACTERS: Final = 200


def device_of(request: Request) -> str:
    """Give the device's own id, or nothing when it gave none that we would take."""
    given = request.headers.get(DEVICE_HEADER, "")
    return given if _DEVICE.fullmatch(given) else ""


def is_nameless(actor: Actor) -> bool:
    """Tell whether nothing but the address tells this sender from others."""
    return actor.person_id is None and not actor.device and not actor.known_device


def session_token(request: Request) -> str | None:
    """Give the session cookie's value."""
    return read_cookie(request.headers.get("cookie", ""), SESSION_COOKIE)


def demand_own_site(request: Request) -> None:
    """Let a browser pass only from our own pages; a program names no origin at all.

    Raises:
        ForeignOriginError: Another site made the browser send this.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is not None:
        host = request.headers.get("host", "")
        if not admits_origin(origin, host, the_desk().settings.origin):
            raise ForeignOriginError
    elif site is not None and site not in _OWN_SITE:
        raise ForeignOriginError


def anyone(request: Request) -> Actor:
    """Give whoever is signed in, or a resident.

    Raises:
        ForeignOriginError: Another site uses the person's cookie.
        SignInNeededError: It is a person's own, and nobody is signed in any more.
        OtherPersonError: It is a person's own, and another one is signed in.
    """
    token = session_token(request)
    if token is not None and request.method not in _SAFE_METHODS:
        demand_own_site(request)
    actor = identify(the_desk(), token) if token is not None else None
    demand_same_person(request, actor)
    proof = request.headers.get(PROOF_HEADER, "")[:_PROOF_MAX_CHARACTERS]
    return replace(
        actor or Actor(),
        device=device_of(request),
        known_device=known_device_id(request),
        proof=proof,
    )


def demand_same_person(request: Request, actor: Actor | None) -> None:
    """Let pass what a phone kept only under the session of whoever captured it.

    A shared phone may hold one worker's captures while another is signed in; and a worker's report
    sent after the session ended would else become a resident's.

    Raises:
        SignInNeededError: Nobody is signed in.
        OtherPersonError: Somebody else is.
    """
    captured_by = request.headers.get(PERSON_HEADER)
    if captured_by is None:
        return
    if actor is None:
        raise SignInNeededError
    if captured_by != str(actor.person_id):
        raise OtherPersonError


def signed_in(request: Request) -> Actor:
    """Give the member of staff, who may still have to change the first password.

    Raises:
        SignInNeededError: Nobody is signed in.
    """
    actor = anyone(request)
    if actor.person_id is None:
        raise SignInNeededError
    return actor


def staff(request: Request) -> Actor:
    """Give the member of staff, ready to work.

    Raises:
        SignInNeededError: Nobody is signed in.
        PasswordChangeNeededError: The first password must be changed before anything else.
    """
    actor = signed_in(request)
    if actor.must_change_password:
        raise PasswordChangeNeededError
    return actor


def reporter(request: Request, track: str) -> Actor:
    """Give the reporter who holds a case's tracking token, signed in elsewhere or not."""
    return Actor(track=track, device=device_of(request), known_device=known_device_id(request))

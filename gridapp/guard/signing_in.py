"""A sign-in as it comes over HTTP, from a page or a program: limits, device, then the password."""

from starlette.requests import Request

from gridapp.domain.errors import LockedError, SignInRefusedError
from gridapp.guard.cookies import SESSION_COOKIE, read_cookie
from gridapp.guard.device_cookie import known_device
from gridapp.guard.limits import (
    ADDRESS_SIGN_INS,
    DEVICE_SIGN_INS,
    KNOWN_DEVICE_SIGN_INS,
    Limit,
    the_limiter,
)
from gridapp.guard.visitors import address_of
from gridapp.services.desk import the_desk
from gridapp.services.people.sign_in import SignedIn, sign_in


def sign_in_from(request: Request, login: str, password: str, device: str = "") -> SignedIn:
    """Sign somebody in; only what fails is counted.

    A device on which somebody has signed in before has a count of its own: what strangers at the
    same address do does not touch it.

    Args:
        request: The device cookie, the address and the browser's name are taken from it.
        login: As it was typed.
        password: Likewise.
        device: The id that a program gives its device.

    Raises:
        SignInRefusedError: Login or password is wrong.
        LockedError: Too many failures for this login on this device.
        TooManyError: Too many failures of the device or the address, or too many at this moment.
    """
    known = known_device(request)
    counted: list[tuple[Limit, str]] = [
        (ADDRESS_SIGN_INS, address_of(request)),
        (DEVICE_SIGN_INS, device),
    ]
    if known is not None and known.has_signed_in:
        counted = [(KNOWN_DEVICE_SIGN_INS, known.id)]
    limiter, agent = the_limiter(), request.headers.get("user-agent", "")
    former = read_cookie(request.headers.get("cookie", ""), SESSION_COOKIE)
    for limit, key in counted:
        limiter.demand(limit, key)
    try:
        return sign_in(the_desk(), login, password, agent, former=former, device=known)
    except (SignInRefusedError, LockedError):
        for limit, key in counted:
            limiter.count(limit, key)
        raise

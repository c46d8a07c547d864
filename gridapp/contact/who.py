"""Who opens a page, where each role begins, and which address may follow a sign-in."""

from starlette.requests import Request

from gridapp.contact.words.sign_in import HOMES
from gridapp.domain.errors import PasswordChangeNeededError, SignInNeededError
from gridapp.guard.cookies import SESSION_COOKIE, read_cookie
from gridapp.services.desk import Actor, the_desk
from gridapp.services.people.sessions import identify

_NEXT_MAX_CHARACTERS = 300


def session_token(request: Request) -> str | None:
    """Give the session cookie's value."""
    return read_cookie(request.headers.get("cookie", ""), SESSION_COOKIE)


def signed_in(request: Request) -> Actor:
    """Give the member of staff, who may still have to change the first password.

    Raises:
        SignInNeededError: Nobody is signed in.
    """
    actor = identify(the_desk(), session_token(request))
    if actor is None:
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


def home_of(actor: Actor) -> str:
    """Tell where a person begins; one with several posts where the widest one does."""
    return next((home for roles, home in HOMES if actor.roles & roles), "/")


def safe_next(given: str) -> str:
    """Give an address of our own site to go on to, or nothing.

    Two slashes, or a slash and a backslash, lead elsewhere in browsers: only a plain path passes.
    """
    plain = given.isprintable() and given.startswith("/") and len(given) <= _NEXT_MAX_CHARACTERS
    leads_away = given.startswith("//") or "\\" in given
    return given if plain and not leads_away else ""

"""``/sign-in``, ``/sign-out`` and ``/password``: plain forms that end in a full page load."""

from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.filled import Filled
from gridapp.contact.pages import page
from gridapp.contact.who import home_of, safe_next, session_token, signed_in
from gridapp.contact.words import sign_in as words
from gridapp.domain.errors import LockedError, SignInRefusedError, TooManyError, WeakPasswordError
from gridapp.guard.cookies import SESSION_COOKIE
from gridapp.guard.device_cookie import remember_sign_in
from gridapp.guard.signing_in import sign_in_from
from gridapp.services.desk import RESIDENT, Actor, acting, looking, the_desk
from gridapp.services.people.change_password import PasswordChange, change_password
from gridapp.services.people.pending import list_own_resets
from gridapp.services.people.sessions import identify, sign_out
from gridapp.services.town import is_demo


def show_sign_in(request: Request) -> Response:
    """Show the form; whoever is signed in already goes on."""
    wanted = safe_next(request.query_params.get("next", ""))
    actor = identify(the_desk(), session_token(request))
    if actor is not None:
        return _go_on(wanted or home_of(actor))
    return _sign_in_page(wanted)


def do_sign_in(request: Request, filled: Filled) -> Response:
    """Sign in, and go on to the page asked for or the one where the role begins."""
    wanted = safe_next(filled.one("next"))
    login, password = filled.one("login"), filled.one("password")
    if not login.strip() or not password:
        return _sign_in_page(wanted, login, words.NEEDED)
    try:
        session = sign_in_from(request, login, password)
    except (SignInRefusedError, LockedError, TooManyError) as refusal:
        return _sign_in_page(wanted, login, refusal.sentence, refusal.status)
    onward = wanted or home_of(session.actor)
    if session.actor.must_change_password:
        onward = f"/password?next={quote(wanted, safe='')}" if wanted else "/password"
    response = _go_on(onward)
    _set_cookie(response, session.token)
    assert session.actor.person_id is not None
    return remember_sign_in(request, response, session.actor.person_id)


def do_sign_out(request: Request, _: Filled) -> Response:
    """End the session and forget the cookie."""
    token = session_token(request)
    actor = identify(the_desk(), token)
    if token is not None and actor is not None:
        with acting(actor) as act:
            sign_out(act, token)
    response = _go_on("/sign-in")
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return response


def show_password(request: Request) -> Response:
    """Show the form for one's own password."""
    actor = signed_in(request)
    wanted = safe_next(request.query_params.get("next", ""))
    return _password_page(actor, wanted)


def do_password(request: Request, filled: Filled) -> Response:
    """Change one's own password; the session in hand goes on."""
    actor = signed_in(request)
    wanted = safe_next(filled.one("next"))
    old, new = filled.one("old"), filled.one("new")
    if not old or not new:
        return _password_page(actor, wanted, {"old": words.PASSWORD_NEEDED})
    if new != filled.one("again"):
        return _password_page(actor, wanted, {"again": words.DIFFERENT})
    try:
        change = PasswordChange(old, new, session_token(request) or "")
        change_password(the_desk(), actor, change)
    except WeakPasswordError as refusal:
        return _password_page(actor, wanted, {"new": refusal.sentence})
    except (SignInRefusedError, LockedError) as refusal:
        return _password_page(actor, wanted, {"old": refusal.sentence})
    # Asked anew: until now, whoever had a first password had no post.
    return _go_on(wanted or home_of(signed_in(request)))


def _go_on(address: str) -> RedirectResponse:
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers)


def _set_cookie(response: Response, token: str) -> None:
    settings = the_desk().settings
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings.session_max_hours * 3600,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_https,
    )


def _sign_in_page(
    wanted: str, login: str = "", error: str = "", status: int = HTTPStatus.OK
) -> Response:
    with looking(RESIDENT) as act:
        demo_password = _demo_password() if is_demo(act) else ""
    return page(
        "sign_in",
        words,
        status=HTTPStatus(status if error else HTTPStatus.OK),
        next=wanted,
        login=login,
        error=error,
        demo_password=demo_password,
    )


def _demo_password() -> str:
    """Give the password that every person of the demo has."""
    return the_desk().settings.demo_password


def _password_page(actor: Actor, wanted: str, errors: dict[str, str] | None = None) -> Response:
    with looking(actor) as act:
        resets = list_own_resets(act) if actor.must_change_password else ()
    return page(
        "password",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        next=wanted,
        errors=errors or {},
        is_first=actor.must_change_password,
        resets=resets,
    )

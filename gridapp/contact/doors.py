"""What every page passes on its way in and out: same site, form read, refusals made kind."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy.exc import OperationalError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from gridapp.contact.elder import read_by
from gridapp.contact.filled import NO_LETTER, BadFormError, Filled, read_form
from gridapp.contact.pages import refusal_page
from gridapp.contact.words import shared
from gridapp.domain.errors import (
    BusyError,
    GridappError,
    PasswordChangeNeededError,
    SignInNeededError,
)
from gridapp.guard.origins import admits_origin
from gridapp.services.decoding.pool import waiting_threads
from gridapp.services.desk import the_desk

Endpoint = Callable[[Request], Awaitable[Response]]

_OWN_SITE = frozenset({"same-origin", "none"})


class ForeignFormError(GridappError):
    """Another site made the browser send this form."""

    code = "origin.foreign"
    sentence = "这个表单不是从本站打开的，请重新打开页面再填。"
    status = 403


def reading(show: Callable[[Request], Response]) -> Endpoint:
    """Serve a page that only shows something."""

    async def endpoint(request: Request) -> Response:
        with read_by(request):
            return await _kindly(request, lambda: show(request))

    return endpoint


def filling(do: Callable[[Request, Filled], Response]) -> Endpoint:
    """Serve a form's POST; it is looked at only when it comes from our own site."""

    async def endpoint(request: Request) -> Response:
        with read_by(request):
            try:
                demand_own_site(request)
                filled = await read_form(request)
            except GridappError as refusal:
                return refusal_page(refusal.status, refusal.sentence)
            except ClientDisconnect:
                return refusal_page(HTTPStatus.BAD_REQUEST, BadFormError.sentence)
            # Photos are waited for in threads of their own: the others go on answering everybody.
            threads = waiting_threads() if filled.files else None
            return await _kindly(request, lambda: do(request, filled), threads)

    return endpoint


def demand_own_site(request: Request) -> None:
    """Let a browser pass only from our own pages.

    A client that names neither origin nor site is no browser of these years, or an old one that
    sends no cookie from elsewhere either (``SameSite=Lax``).

    Raises:
        ForeignFormError: Another site made the browser send this.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is not None:
        host = request.headers.get("host", "")
        if not admits_origin(origin, host, the_desk().settings.origin):
            raise ForeignFormError
    elif site is not None and site not in _OWN_SITE:
        raise ForeignFormError


async def _kindly(
    request: Request, answer: Callable[[], Response], threads: CapacityLimiter | None = None
) -> Response:
    _without_no_letter(request.scope)
    # Services are plain functions: in a thread, so that nobody waits for a slow one.
    try:
        return await run_sync(answer, limiter=threads)
    except SignInNeededError:
        return RedirectResponse(f"/sign-in?next={_here(request)}", HTTPStatus.SEE_OTHER)
    except PasswordChangeNeededError:
        return RedirectResponse(f"/password?next={_here(request)}", HTTPStatus.SEE_OTHER)
    except GridappError as refusal:
        answer_page = refusal_page(refusal.status, refusal.sentence)
        if isinstance(refusal, BusyError):
            answer_page.headers["retry-after"] = str(refusal.facts["retry_after_s"])
        return answer_page
    except OperationalError:  # the database is away or locked for longer than it should
        return refusal_page(HTTPStatus.SERVICE_UNAVAILABLE, shared.BUSY)


def _without_no_letter(scope: Scope) -> None:
    """Leave out what no database can look for: in an address it stands for a wrong sign."""
    scope["query_string"] = scope["query_string"].replace(b"%00", b"")
    told = scope["path_params"]
    scope["path_params"] = {name: part.replace(NO_LETTER, "\ufffd") for name, part in told.items()}


def _here(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}", safe="")

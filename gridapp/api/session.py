"""``/session`` and ``/me``: signing in and out, and who one is here."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gridapp.api.answers import answer, keepable
from gridapp.api.routes import reads, route
from gridapp.api.who import (
    anyone,
    demand_own_site,
    device_of,
    session_token,
    signed_in,
    staff,
)
from gridapp.guard.cookies import SESSION_COOKIE
from gridapp.guard.device_cookie import remember_sign_in
from gridapp.guard.signing_in import sign_in_from
from gridapp.services.desk import acting, looking, the_desk
from gridapp.services.me.profile import MeView, see_me
from gridapp.services.me.snapshot import SnapshotView, see_snapshot
from gridapp.services.people.change_password import PasswordChange, change_password
from gridapp.services.people.sessions import sign_out
from gridapp.settings import Settings

Secret = Annotated[str, Field(min_length=1, max_length=200)]


class SignInBody(BaseModel):
    """Login or phone, and the password."""

    model_config = ConfigDict(extra="forbid")

    login: Annotated[str, Field(min_length=1, max_length=64)]
    password: Secret


class PasswordBody(BaseModel):
    """The present password and the wished one."""

    model_config = ConfigDict(extra="forbid")

    old: Secret
    new: Secret


def post_session(body: SignInBody, request: Request) -> Response:
    """Sign in: sets the cookie that socket and REST share."""
    demand_own_site(request)
    desk = the_desk()
    signed = sign_in_from(request, body.login, body.password, device_of(request))
    with looking(signed.actor) as act:
        said = answer(see_me(act))
    said.set_cookie(
        SESSION_COOKIE,
        signed.token,
        max_age=desk.settings.session_max_hours * 3600,
        **_cookie_manners(desk.settings),
    )
    assert signed.actor.person_id is not None
    return remember_sign_in(request, said, signed.actor.person_id)


def _cookie_manners(settings: Settings) -> dict[str, Any]:
    return {"path": "/", "httponly": True, "samesite": "lax", "secure": settings.is_https}


def delete_session(request: Request) -> Response:
    """Sign out; who is not signed in is signed out already."""
    actor, token = anyone(request), session_token(request)
    if token is not None:
        with acting(actor) as act:
            sign_out(act, token)
    said = answer({"signed_out": True})
    said.delete_cookie(SESSION_COOKIE, **_cookie_manners(the_desk().settings))
    return said


def get_me(request: Request) -> Response:
    """Show who is signed in."""
    with looking(signed_in(request)) as act:
        return answer(see_me(act))


def post_password(body: PasswordBody, request: Request) -> Response:
    """Change one's own password; ends one's other sessions."""
    actor = signed_in(request)
    change = PasswordChange(body.old, body.new, session_token(request) or "")
    change_password(the_desk(), actor, change)
    with looking(replace(actor, must_change_password=False)) as act:
        return answer(see_me(act))


def get_snapshot(request: Request) -> Response:
    """Give everything that the field app needs of the own grids while offline."""
    with looking(staff(request)) as act:
        return keepable(request, see_snapshot(act), "private, no-cache")


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    refused = (400, 401, 413, 415, 422, 423, 429)
    route(api, "POST", "/session", post_session, "登录", reads(MeView, *refused))
    route(api, "DELETE", "/session", delete_session, "退出", reads(dict[str, bool]))
    route(api, "GET", "/me", get_me, "我是谁", reads(MeView, 401))
    route(api, "POST", "/me/password", post_password, "修改密码", reads(MeView, *refused))
    route(api, "GET", "/me/snapshot", get_snapshot, "离线数据", reads(SnapshotView, 401, 403))

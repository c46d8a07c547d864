"""``/photos/{sha256}``: a photo comes in by its hash, and is shown to staff in reach."""

import hashlib
from functools import partial
from typing import Annotated, Final

from anyio.to_thread import run_sync
from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from gridapp.api.answers import receipt
from gridapp.api.bodies import take_body
from gridapp.api.pictures import picture
from gridapp.api.routes import reads, route, writes
from gridapp.api.who import anyone, is_nameless, staff
from gridapp.api.wire import BodyTooLargeError, WrongTypeError
from gridapp.domain.codes import normalise
from gridapp.domain.errors import HashMismatchError, PhotoTooLargeError, SignInNeededError
from gridapp.guard.limits import ADDRESS_PHOTOS, the_limiter
from gridapp.guard.visitors import address_of
from gridapp.services.cases.find import find_place
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.decoding.pool import waiting_threads
from gridapp.services.desk import Actor, acting, looking
from gridapp.services.limits import case_place, hold_photo
from gridapp.services.photos.clean import MOST_BYTES, photo_pool
from gridapp.services.photos.keep import keep_photo
from gridapp.services.photos.renew import renew_photo

Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_ANY_BYTES: Final = {"", "application/octet-stream"}


async def put_photo(
    sha256: Hash,
    request: Request,
    at: Annotated[str, Query(max_length=64)] = "",
    track: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Take a photo in, from a place, from a reporter's case, or from signed-in staff."""
    _demand_picture_type(request)
    actor, place = await run_in_threadpool(_sender, request, at, track)
    photo_pool().demand_room()
    try:
        body = await take_body(request, MOST_BYTES)
    except BodyTooLargeError as error:
        raise PhotoTooLargeError from error
    keep = partial(_keep, request, actor, sha256, bytes(body), place)
    is_new = await run_sync(keep, limiter=waiting_threads())
    return receipt({"receipt": sha256}, is_new=is_new)


def _demand_picture_type(request: Request) -> None:
    """Refuse what says itself that it is no picture; what it really is, its content decides."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in _ANY_BYTES and not given.startswith("image/"):
        raise WrongTypeError(accepts=["image/jpeg", "image/png", "image/webp", "image/heic"])


def _sender(request: Request, at: str, track: str) -> tuple[Actor, str]:
    """Tell who sends a photo, and from which place: a building by its code, or a case.

    Raises:
        SignInNeededError: It comes from no place, no case and nobody.
        UnknownPlaceError: The place does not exist.
        NotThereError: No case has this token.
    """
    actor = anyone(request)
    if actor.person_id is not None:
        return actor, normalise(at)
    if not at and not track:
        raise SignInNeededError
    by_token = Actor(track=track, device=actor.device)
    with looking(by_token) as act:
        if not at:
            return by_token, case_place(act)
        find_place(act, at)
    return actor, normalise(at)


def _keep(request: Request, actor: Actor, sha256: str, body: bytes, place_code: str) -> bool:
    if hashlib.sha256(body).hexdigest() != sha256:
        raise HashMismatchError
    with acting(actor) as act:
        if renew_photo(act, sha256, place_code):
            return False
        hold_photo(act, place_code, is_kept=False)
    if is_nameless(actor):
        the_limiter().take(ADDRESS_PHOTOS, address_of(request))
    with acting(actor) as act:
        kept = keep_photo(act, sha256, body, place_code)
        if kept.is_new:
            hold_photo(act, place_code, is_kept=True)
    return kept.is_new


def get_photo(
    sha256: Hash, request: Request, size: Annotated[str, Query(max_length=8)] = ""
) -> Response:
    """Show a photo to staff in reach of what it hangs on."""
    with looking(staff(request)) as act:
        return picture(request, see_photo(act, sha256, thumbnail=size == "thumb"))


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", "/photos/{sha256}", put_photo, "上传照片", writes())
    route(api, "GET", "/photos/{sha256}", get_photo, "查看照片", reads(bytes, 401, 404))

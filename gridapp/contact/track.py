"""``/c/{track}``: a case for whoever holds its token, and what the reporter may still do."""

from http import HTTPStatus
from typing import Final
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.filled import Filled
from gridapp.contact.find import find_page
from gridapp.contact.follow import follow_page
from gridapp.contact.messages import notices
from gridapp.contact.mine import keep_mine, mine
from gridapp.contact.pages import NEVER_KEPT, page, wait_a_while
from gridapp.contact.receipt import address_of
from gridapp.contact.sent_photos import (
    RESIDENT_PHOTOS_MAX_COUNT,
    keep_sent_photos,
    sentences_of,
)
from gridapp.contact.steps import is_promised, step_nodes
from gridapp.contact.words import find as find_words
from gridapp.contact.words import receipt as receipt_words
from gridapp.contact.words import shared
from gridapp.contact.words import track as words
from gridapp.domain.errors import (
    FactsError,
    NotThereError,
    OtherContentError,
    PhotosMissingError,
    TooManyError,
)
from gridapp.domain.labels import SATISFACTION
from gridapp.domain.vocabulary import Deed, PhotoKind, Satisfaction, Status
from gridapp.guard.device_cookie import known_device_id
from gridapp.services.cases.read import track_case
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.cases.views import TrackView
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Actor, acting, looking
from gridapp.services.limits import case_place
from gridapp.services.orders import Order, uid_of

# Longer than any number that people write; what is longer is no number.
PHONE_MAX_CHARACTERS: Final = 32
_ANSWERS: Final = {"yes": True, "no": False}


def show_case(request: Request) -> Response:
    """Show how a case stands to its reporter; ``?new=1`` adds the receipt.

    Whoever said "me too" sees the same without the reporter's words. A token with a wrong sign
    leads to the page that brings a link back.
    """
    try:
        shown = _page(request)
    except NotThereError:
        pass
    else:
        # Sent by the modules, this is the first page that can tell the phone what it has sent.
        is_new = request.query_params.keys() & {"new", "again"}
        return keep_mine(request, request.path_params["track"], shown) if is_new else shown
    try:
        return follow_page(request, request.path_params["track"])
    except NotThereError:
        return _gone()


def show_photo(request: Request) -> Response:
    """Serve a photo of the case, whole or small."""
    small = request.query_params.get("size") == "thumb"
    with looking(_reporter(request)) as act:
        photo = see_photo(act, request.path_params["sha256"], thumbnail=small)
    headers = {"Cache-Control": NEVER_KEPT, "X-Content-Type-Options": "nosniff"}
    return Response(photo.jpeg, media_type="image/jpeg", headers=headers)


def add_words(request: Request, filled: Filled) -> Response:
    """Add words and photos to an open case."""
    actor = _reporter(request)
    try:
        with looking(actor) as act:
            place = case_place(act)
    except NotThereError:
        return _gone()
    photos = keep_sent_photos(filled, "photos", actor, place, RESIDENT_PHOTOS_MAX_COUNT)
    told = filled.one("words")
    if not told.strip() or photos.error:
        errors = {"words": photos.error or words.WORDS_NEEDED}
        return _page(request, errors, told=told, photos=photos.hashes)
    facts: dict[str, object] = {"words": told, "photos": photos.hashes}
    return _done(request, filled, Deed.ADD_WORDS, facts, "words")


def rate(request: Request, filled: Filled) -> Response:
    """Rate a closed case."""
    if filled.one("satisfaction") not in set(Satisfaction):
        return _page(request, {"rating": words.RATE_NEEDED}, told=filled.one("words"))
    facts: dict[str, object] = {"satisfaction": filled.one("satisfaction")}
    for name in ("contacted", "solved"):
        if filled.one(name) in _ANSWERS:
            facts[name] = _ANSWERS[filled.one(name)]
    if filled.one("words").strip():
        facts["words"] = filled.one("words")
    return _done(request, filled, Deed.RATE, facts, "rating")


def reopen(request: Request, filled: Filled) -> Response:
    """Ask for a case to be handled again."""
    if not filled.one("words").strip():
        return _page(request, {"reopening": words.WORDS_NEEDED})
    return _done(request, filled, Deed.REOPEN, {"words": filled.one("words")}, "reopening")


def thank(request: Request, filled: Filled) -> Response:
    """Thank those who handled a case."""
    return _done(request, filled, Deed.THANK, {}, "thanks")


def leave_phone(request: Request, filled: Filled) -> Response:
    """Leave a phone for news of the case, or another one."""
    phone = filled.one("phone").strip()[:PHONE_MAX_CHARACTERS]
    if not phone:
        return _page(request, {"phone": words.PHONE_NEEDED})
    return _done(request, filled, Deed.LEAVE_PHONE, {"phone": phone}, "phone")


def _reporter(request: Request) -> Actor:
    return Actor(track=request.path_params["track"], known_device=known_device_id(request))


def _done(
    request: Request, filled: Filled, deed: Deed, facts: dict[str, object], what: str
) -> Response:
    """Do the deed once and go back to the page; the same form sent again changes nothing."""
    actor = _reporter(request)
    try:
        with acting(actor) as act:
            no = track_case(act).no
            do_deed(act, Order(deed, subject=no, facts=facts, uid=uid_of(filled.one("uid"))))
    except NotThereError:
        return _gone()
    except OtherContentError:
        pass  # Back, changed, sent again: the page shows what was received.
    except PhotosMissingError:
        return _page(request, {what: shared.PHOTO_GONE}, told=filled.one("words"))
    except FactsError as refusal:
        sentence = next(iter(sentences_of(refusal).values()))
        told = filled.one("words") or filled.one("phone")
        return _page(request, {what: sentence}, told=told)
    except TooManyError as refusal:
        told = filled.one("words") or filled.one("phone")
        waiting = _page(request, {what: refusal.sentence}, told=told)
        return wait_a_while(waiting, refusal)
    return RedirectResponse(f"/c/{actor.track}?done={what}", HTTPStatus.SEE_OTHER)


def _gone() -> Response:
    """Say that the address leads nowhere, and offer to find the case again."""
    gone = (find_words.GONE_TITLE, find_words.GONE_LEAD)
    return find_page(*gone, status=HTTPStatus.NOT_FOUND)


def _page(
    request: Request,
    errors: dict[str, str] | None = None,
    *,
    told: str = "",
    photos: tuple[str, ...] = (),
) -> Response:
    actor = _reporter(request)
    with looking(actor) as act:
        case = track_case(act)
    asked = request.query_params
    return page(
        "track",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        case=case,
        track=actor.track,
        receipt=receipt_words,
        address=address_of(actor.track),
        is_receipt="1" in {asked.get("new"), asked.get("again")},
        is_mine=actor.track in mine(request) or bool(asked.keys() & {"new", "again"}),
        is_again=asked.get("again") == "1",
        in_wechat="MicroMessenger" in request.headers.get("user-agent", ""),
        photos_max=RESIDENT_PHOTOS_MAX_COUNT,
        done=words.DONE.get(asked.get("done", ""), ""),
        nodes=step_nodes(Status(case.status)),
        shots=_shots(case),
        next_words=words.THANKS
        if case.rating_words and case.may_rate
        else words.NEXT[Status(case.status)],
        is_promised=is_promised(case.due_state),
        notices=notices(case),
        errors=errors or {},
        told=told,
        photos=photos,
        uids=[uuid4() for _ in range(5)],
        satisfactions=[(answer.value, label) for answer, label in SATISFACTION.items()],
    )


def _shots(case: TrackView) -> list[tuple[str, str]]:
    """Give the photos of the work by hash and kind; the reporter's own stay in the story."""
    kinds = {PhotoKind.BEFORE.value, PhotoKind.AFTER.value}
    return [(photo.sha256, photo.kind_label) for photo in case.photos if photo.kind in kinds]

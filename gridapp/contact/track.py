"""``/c/{track}``: a case for whoever holds its token, and what the reporter may still do."""

from http import HTTPStatus
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.filled import Filled
from gridapp.contact.messages import notices
from gridapp.contact.pages import NEVER_KEPT, page
from gridapp.contact.sent_photos import keep_sent_photos, sentences_of
from gridapp.contact.words import shared
from gridapp.contact.words import track as words
from gridapp.domain.errors import (
    FactsError,
    NotThereError,
    OtherContentError,
    PhotosMissingError,
)
from gridapp.domain.labels import SATISFACTION
from gridapp.domain.vocabulary import Deed, PhotoKind, Satisfaction, Status
from gridapp.services.cases.read import track_case
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.cases.views import TrackView
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Actor, acting, looking
from gridapp.services.orders import Order

_HERE_NOW = {
    Status.REPORTED: 0,
    Status.ACCEPTED: 0,
    Status.DISPATCHED: 1,
    Status.TAKEN: 2,
    Status.PAUSED: 2,
    Status.HANDLED: 2,
    Status.VERIFIED: 2,
}
_WITHOUT_PROMISE = {"done", "paused"}
_ANSWERS = {"yes": True, "no": False}


def show_case(request: Request) -> Response:
    """Show how a case stands to its reporter; ``?new=1`` adds the receipt."""
    return _page(request)


def show_photo(request: Request) -> Response:
    """Serve a photo of the case, whole or small."""
    small = request.query_params.get("size") == "thumb"
    with looking(_reporter(request)) as act:
        photo = see_photo(act, request.path_params["sha256"], thumbnail=small)
    headers = {"Cache-Control": NEVER_KEPT, "X-Content-Type-Options": "nosniff"}
    return Response(photo.jpeg, media_type="image/jpeg", headers=headers)


def add_words(request: Request, filled: Filled) -> Response:
    """Add words and photos to an open case."""
    photos = keep_sent_photos(filled, "photos", _reporter(request))
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


def _reporter(request: Request) -> Actor:
    return Actor(track=request.path_params["track"])


def _done(
    request: Request, filled: Filled, deed: Deed, facts: dict[str, object], what: str
) -> Response:
    """Do the deed once and go back to the page; the same form sent again changes nothing."""
    actor = _reporter(request)
    try:
        with acting(actor) as act:
            no = track_case(act).no
            do_deed(act, Order(deed, subject=no, facts=facts, uid=_uid_of(filled.one("uid"))))
    except OtherContentError:
        pass  # Back, changed, sent again: the page shows what was received.
    except PhotosMissingError:
        return _page(request, {what: shared.PHOTO_GONE}, told=filled.one("words"))
    except FactsError as refusal:
        sentence = next(iter(sentences_of(refusal).values()))
        return _page(request, {what: sentence}, told=filled.one("words"))
    return RedirectResponse(f"/c/{actor.track}?done={what}", HTTPStatus.SEE_OTHER)


def _uid_of(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _page(
    request: Request,
    errors: dict[str, str] | None = None,
    *,
    told: str = "",
    photos: tuple[str, ...] = (),
) -> Response:
    actor = _reporter(request)
    try:
        with looking(actor) as act:
            case = track_case(act)
    except NotThereError as refusal:
        raise NotThereError(words.NOT_THERE) from refusal
    return page(
        "track",
        words,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        case=case,
        track=actor.track,
        is_new=request.query_params.get("new") == "1",
        done=words.DONE.get(request.query_params.get("done", ""), ""),
        nodes=_nodes(case),
        shots=_shots(case),
        next_words=words.THANKS
        if case.rating_words and case.may_rate
        else words.NEXT[Status(case.status)],
        notices=notices(case),
        is_promised=case.due_state not in _WITHOUT_PROMISE,
        errors=errors or {},
        told=told,
        photos=photos,
        uids=[uuid4() for _ in range(3)],
        satisfactions=[(answer.value, label) for answer, label in SATISFACTION.items()],
    )


def _nodes(case: TrackView) -> list[tuple[str, str]]:
    """Give the four steps a reporter sees, each with done, now or ahead."""
    status = Status(case.status)
    here = _HERE_NOW.get(status, len(words.NODES))
    names = [*words.NODES[:-1], words.LAST_NODE.get(status, words.NODES[-1])]
    return [
        (name, "done" if i < here else "now" if i == here else "ahead")
        for i, name in enumerate(names)
    ]


def _shots(case: TrackView) -> list[tuple[str, str]]:
    """Give the photos of the work by hash and kind; the reporter's own stay in the story."""
    kinds = {PhotoKind.BEFORE.value, PhotoKind.AFTER.value}
    return [(photo.sha256, photo.kind_label) for photo in case.photos if photo.kind in kinds]

"""What the reporter does with a case: look, rate, add words, reopen. The token is the key."""

from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Path, Query, Request, Response

from gridapp.api.answers import answer, receipt
from gridapp.api.pictures import picture
from gridapp.api.routes import reads, route, said_once, writes
from gridapp.api.who import reporter
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.rate import rate_as_reporter
from gridapp.services.cases.read import track_case
from gridapp.services.cases.reporter import AddWordsFacts, RateFacts, ReopenFacts
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.cases.thank import LeavePhoneFacts, ThankFacts
from gridapp.services.cases.views import TrackView
from gridapp.services.deeds import do_deed
from gridapp.services.desk import acting, looking, the_desk
from gridapp.services.messages.subscriptions import (
    MessageFacts,
    SubscribeFacts,
    choose_messages,
    subscribe,
    unsubscribe,
)
from gridapp.services.orders import Facts, Order

Track = Annotated[str, Path(max_length=64)]
Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


def get_track(track: Track, request: Request) -> Response:
    """Show a case to its reporter: public steps, public photos, the promise."""
    with looking(reporter(request, track)) as act:
        return answer(track_case(act))


def get_track_photo(
    track: Track, sha256: Hash, request: Request, size: Annotated[str, Query(max_length=8)] = ""
) -> Response:
    """Show a photo of the case to its reporter."""
    with looking(reporter(request, track)) as act:
        return picture(request, see_photo(act, sha256, thumbnail=size == "thumb"))


def put_rating(track: Track, facts: RateFacts, request: Request) -> Response:
    """Rate a closed case; the same rating again is the same rating."""
    with acting(reporter(request, track)) as act:
        done = rate_as_reporter(act, facts)
    return receipt(done.reply, is_new=done.is_new)


def put_words(track: Track, uuid: UUID, facts: AddWordsFacts, request: Request) -> Response:
    """Add words or photos to a case."""
    return _do(request, track, uuid, Deed.ADD_WORDS, facts)


def put_reopening(track: Track, uuid: UUID, facts: ReopenFacts, request: Request) -> Response:
    """Reopen a case within 15 days of its closing."""
    return _do(request, track, uuid, Deed.REOPEN, facts)


def put_thanks(track: Track, uuid: UUID, request: Request) -> Response:
    """Thank those who handled a case."""
    return _do(request, track, uuid, Deed.THANK, ThankFacts())


def put_phone(track: Track, uuid: UUID, facts: LeavePhoneFacts, request: Request) -> Response:
    """Leave a phone for news of a case, or another one."""
    return _do(request, track, uuid, Deed.LEAVE_PHONE, facts)


def put_messages(track: Track, facts: MessageFacts, request: Request) -> Response:
    """Say whether short messages are wanted; what was said last holds."""
    with acting(reporter(request, track)) as act:
        return answer({"sms": choose_messages(act, facts)})


def put_push(track: Track, uuid: UUID, facts: SubscribeFacts, request: Request) -> Response:
    """Let a browser be told by web push."""
    with acting(reporter(request, track)) as act:
        body, is_new = subscribe(act, uuid, facts, the_desk().settings.push_hosts)
    return receipt(body, is_new=is_new)


def delete_push(track: Track, uuid: UUID, request: Request) -> Response:
    """Let a browser be told no more."""
    with acting(reporter(request, track)) as act:
        return answer(unsubscribe(act, uuid))


def _do(request: Request, track: str, uuid: UUID, deed: Deed, facts: Facts) -> Response:
    order = Order(
        deed, subject=track, facts=facts.model_dump(mode="json", exclude_unset=True), uid=uuid
    )
    with acting(reporter(request, track)) as act:
        done = do_deed(act, order)
    return receipt(done.reply, is_new=done.is_new)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    case = "/cases/{track}"
    route(api, "GET", case, get_track, "查看进度", reads(TrackView, 404))
    route(api, "GET", f"{case}/photos/{{sha256}}", get_track_photo, "查看照片", reads(bytes, 404))
    route(api, "PUT", f"{case}/rating", put_rating, "评价", writes())
    route(api, "PUT", f"{case}/words/{{uuid}}", put_words, "补充说明", writes())
    route(api, "PUT", f"{case}/messages", put_messages, "选择是否接收短信", said_once())
    push = f"{case}/push/{{uuid}}"
    route(api, "PUT", push, put_push, "开启进度通知", writes())
    route(api, "DELETE", push, delete_push, "关闭进度通知", said_once())
    route(api, "PUT", f"{case}/reopening/{{uuid}}", put_reopening, "重开", writes())
    route(api, "PUT", f"{case}/thanks/{{uuid}}", put_thanks, "致谢", writes())
    route(api, "PUT", f"{case}/phone/{{uuid}}", put_phone, "留电话", writes())

"""How the reporter is told of progress: short messages on or off, notices of the browser."""

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import ModuleType
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gridapp.contact.assets import asset
from gridapp.contact.filled import Filled
from gridapp.contact.words import messages as words
from gridapp.services.cases.views import TrackView
from gridapp.services.desk import Actor, acting, the_desk
from gridapp.services.messages.keys import public_key_of, push_key
from gridapp.services.messages.subscriptions import MessageFacts, choose_messages

_WORKER_SOURCE: Final = Path(__file__).with_name("push_worker.js")


@dataclass(frozen=True)
class Notices:
    """What the page offers: the words, the phone that is told, and the key for notices."""

    w: ModuleType
    phone_masked: str
    wants_sms: bool
    push_key: str


def notices(case: TrackView) -> Notices:
    """Give what a case's page offers its reporter."""
    settings = the_desk().settings
    key = _public_key(settings.data_dir) if settings.push_hosts else ""
    return Notices(words, case.phone_masked, case.wants_sms, key)


@cache
def _public_key(data_dir: Path) -> str:
    return public_key_of(push_key(data_dir))


def choose(request: Request, filled: Filled) -> Response:
    """Take down whether short messages are wanted, and go back to the page."""
    track = request.path_params["track"]
    with acting(Actor(track=track)) as act:
        choose_messages(act, MessageFacts(sms=filled.one("sms") == "yes"))
    return RedirectResponse(f"/c/{track}?done=messages", HTTPStatus.SEE_OTHER)


def show_push_worker(_request: Request) -> Response:
    """Serve the worker that shows notices: two handlers, nothing kept, no page touched."""
    icon = asset("/icons/icon-192.png")
    text = f'const ICON = "{icon}";\nconst TITLE = "{words.PUSH_TITLE}";\n'
    text += _WORKER_SOURCE.read_text(encoding="utf-8")
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

"""What a browser may say on the socket: four kinds of frame, each well formed, or nothing.

Read before the framework sees it, because a frame that it cannot parse ends in a traceback there.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, Final, Literal, NotRequired

from pydantic import ConfigDict, JsonValue, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

IsKnown = Callable[[str], bool]


class Frame(Enum):
    """The kinds of frame; everything else (polling, binary, acknowledgements) has no use here."""

    PONG = "pong"
    CONNECT_FRESH = "connect of a document that has just been opened"
    CONNECT_AGAIN = "connect of a document that has lost its socket"
    DISCONNECT = "disconnect"
    EVENT = "event"


@with_config(ConfigDict(extra="forbid", str_max_length=2_000))
class _Route(TypedDict):
    """Where the browser says it is; ``query`` holds the address's query and route arguments."""

    pathname: NotRequired[str]
    asPath: NotRequired[str]
    query: NotRequired[dict[str, str | list[str] | None]]


class _Event(TypedDict):
    name: str
    payload: NotRequired[dict[str, JsonValue]]
    router_data: NotRequired[_Route]


class _Boot(TypedDict):
    event: NotRequired[_Event]
    state_schema: NotRequired[str | None]


_BOOT: Final[TypeAdapter[_Boot]] = TypeAdapter(_Boot)
_EVENT: Final[TypeAdapter[tuple[Literal["event"], _Event]]] = TypeAdapter(
    tuple[Literal["event"], _Event]
)
_REPORT: Final[TypeAdapter[tuple[Literal["client_error"], dict[str, JsonValue]]]] = TypeAdapter(
    tuple[Literal["client_error"], dict[str, JsonValue]]
)
_PING: Final = '["ping"]'


def read_frame(text: str, is_known: IsKnown) -> Frame | None:
    """Tell what a text frame is, or None when it is nothing that one of our pages would send."""
    if text == "3":
        return Frame.PONG
    kind, comma, body = text.partition(",")
    if kind == "41/_event" and not body:
        return Frame.DISCONNECT
    try:
        if kind == "40/_event":
            return _read_connect(body, is_known)
        if kind == "42/_event" and comma:
            return _read_event(body, is_known)
    except ValidationError:
        return None
    return None


def _read_connect(body: str, is_known: IsKnown) -> Frame | None:
    boot: _Boot = _BOOT.validate_json(body) if body else {}
    event = boot.get("event")
    if event is None:
        return Frame.CONNECT_AGAIN
    if not is_known(event["name"]):
        return None
    # A document sends the hashes of its compiled defaults once, when it has just been opened.
    arguments: dict[str, Any] = event.get("payload", {})
    return Frame.CONNECT_FRESH if arguments.get("hashes") else Frame.CONNECT_AGAIN


def _read_event(body: str, is_known: IsKnown) -> Frame | None:
    if body == _PING:
        return Frame.EVENT
    if body.startswith('["client_error"'):
        _REPORT.validate_json(body)
        return Frame.EVENT
    _, event = _EVENT.validate_json(body)
    return Frame.EVENT if is_known(event["name"]) else None

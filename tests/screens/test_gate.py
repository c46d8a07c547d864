"""The gate over real sockets and requests: who gets in, and whose state a token opens."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest
from websocket import WebSocketBadStatusException, create_connection

from tests.screens.conftest import Serve, Served
from tests.screens.wire import Wire

Knock = Callable[..., Wire]


@pytest.fixture(scope="module")
def doors(serve: Serve) -> Iterator[Served]:
    with serve("tests.screens.house_of_doors:app") as served:
        yield served


@pytest.fixture
def knock(doors: Served) -> Iterator[Knock]:
    with ExitStack() as wires:
        yield lambda **more: wires.enter_context(closing(Wire(doors.port, **more)))


@pytest.fixture
def ask(doors: Served) -> Callable[[Wire, str], str]:
    def ask(wire: Wire, words: str) -> str:
        wire.send(doors.name(".ask"), words=words)
        return str(wire.var("door_state", "said"))

    return ask


@pytest.fixture
def kept(doors: Served) -> Callable[[Wire], str]:
    """Give what the state behind a socket has kept."""

    def kept(wire: Wire) -> str:
        wire.send(doors.name("state____state.hydrate"))
        return str(wire.var("door_state", "kept"))

    return kept


def _keep(doors: Served, wire: Wire, words: str) -> None:
    wire.send(doors.name(".keep"), words=words)
    wire.var("door_state", "kept")


def _boot(doors: Served, *, fresh: bool) -> dict[str, Any]:
    payload = {"hashes": ["x"]} if fresh else {}
    return {"event": {"name": doors.name(".hydrate_and_load"), "payload": payload}}


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "file://", "http://127.0.0.1:1"]
)
def test_a_foreign_page_opens_no_socket(knock: Knock, origin: str) -> None:
    with pytest.raises(WebSocketBadStatusException, match="403"):
        knock(origin=origin)


def test_a_page_of_the_public_address_opens_a_socket(knock: Knock, ask: Any) -> None:
    assert ask(knock(origin="http://grid.example"), "在") == "在"


@pytest.mark.parametrize(
    "path", ["/_upload", "/_upload/x", "/_health", "/_all_routes", "/ping", "/_event/?EIO=4"]
)
def test_the_back_doors_of_the_framework_are_closed(doors: Served, path: str) -> None:
    address = f"http://127.0.0.1:{doors.port}{path}"
    assert [httpx.get(address).status_code, httpx.post(address).status_code] == [404, 404]


def test_no_foreign_page_may_read_an_answer(doors: Served) -> None:
    answer = httpx.get(f"http://127.0.0.1:{doors.port}/", headers={"origin": "http://evil.example"})
    assert answer.headers.get("access-control-allow-origin") not in {"*", "http://evil.example"}


def test_a_stolen_token_opens_an_empty_state(doors: Served, knock: Knock, kept: Any) -> None:
    owner = knock(cookie="grid_session=leader")
    _keep(doors, owner, "秘密")
    thieves = [
        knock(token=owner.token),
        knock(token=owner.token, cookie="grid_session=verifier"),
    ]
    assert [kept(thief) for thief in thieves] == ["", ""]
    assert kept(owner) == "秘密"


def test_a_token_that_a_page_has_been_shown_opens_nothing_either(
    doors: Served, knock: Knock, kept: Any
) -> None:
    owner = knock(cookie="grid_session=leader")
    owner.send(doors.name("state____state.hydrate"))
    sealed = owner.var("state____state", "rx_router_session")["client_token"]
    _keep(doors, owner, "秘密")
    assert kept(knock(token=sealed, cookie="grid_session=verifier")) == ""


def test_without_a_session_a_state_ends_with_its_socket(
    doors: Served, knock: Knock, kept: Any
) -> None:
    first = knock()
    _keep(doors, first, "写了一半")
    assert kept(knock(token=first.token)) == ""


def test_a_page_that_comes_back_takes_its_state_over(
    doors: Served, knock: Knock, kept: Any
) -> None:
    cookie = "grid_session=leader"
    old = knock(cookie=cookie)
    _keep(doors, old, "草稿")
    new = knock(cookie=cookie, token=old.token, boot=_boot(doors, fresh=False))
    old.until(lambda text: text.startswith("41/_event"))
    old.close()
    assert kept(new) == "草稿"


def test_a_duplicated_tab_gets_a_state_of_its_own(doors: Served, knock: Knock, kept: Any) -> None:
    cookie = "grid_session=leader"
    first = knock(cookie=cookie)
    _keep(doors, first, "第一页")
    second = knock(cookie=cookie, token=first.token, boot=_boot(doors, fresh=True))
    assert second.new_token
    assert kept(first) == "第一页"
    assert kept(second) == ""


def test_the_new_token_of_a_duplicated_tab_stays_valid(
    doors: Served, knock: Knock, kept: Any
) -> None:
    cookie = "grid_session=leader"
    first = knock(cookie=cookie)
    second = knock(cookie=cookie, token=first.token, boot=_boot(doors, fresh=True))
    _keep(doors, second, "第二页")
    again = knock(cookie=cookie, token=second.new_token, boot=_boot(doors, fresh=False))
    assert kept(again) == "第二页"


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "x",
        "4",
        "42/_event,",
        '42/_event,["event"]',
        '42/_event,["event",{"name":"no.such_handler"}]',
        '42/_event,["event",{"name":7}]',
        '42/_event,["event",{"name":"x","router_data":{"headers":{}}}]',
        '42/_event,["event","{}"]',
        '42/_event,1["ping"]',
        '42["event",{}]',
        "42/_event," + "[" * 20_000,
        '451-/_event,["event",{"_placeholder":true,"num":0}]',
        "43/_event,0[]",
        "2probe",
        "5",
        "1",
        "40/_event,{}",
        "42/_event," + json.dumps(["event", {"name": "x" * 70_000}]),
    ],
)
def test_a_frame_that_no_page_would_send_changes_nothing(
    doors: Served, knock: Knock, ask: Any, frame: str
) -> None:
    wire = knock()
    wire.write(frame)
    assert ask(wire, "还在") == "还在"
    assert "Traceback" not in doors.log.read_text(encoding="utf-8")


def test_an_oversized_event_is_dropped_and_the_next_one_heard(
    doors: Served, knock: Knock, ask: Any
) -> None:
    wire = knock()
    wire.send(doors.name(".keep"), words="长" * 70_000)
    assert ask(wire, "下一个") == "下一个"


def test_binary_frames_are_dropped(knock: Knock, ask: Any) -> None:
    wire = knock()
    wire.socket.send_binary(b"\x00\x01")
    assert ask(wire, "还在") == "还在"


def test_one_cookie_has_no_more_than_sixteen_sockets(knock: Knock) -> None:
    for _ in range(16):
        knock(cookie="grid_session=auditor")
    with pytest.raises(WebSocketBadStatusException, match="403"):
        knock(cookie="grid_session=auditor")


@pytest.mark.parametrize("query", ["token=a&token=b", "", "token=" + "x" * 200])
def test_a_handshake_needs_exactly_one_token(doors: Served, query: str) -> None:
    address = f"ws://127.0.0.1:{doors.port}/_event/?EIO=4&transport=websocket&{query}"
    with pytest.raises(WebSocketBadStatusException, match="403"):
        create_connection(address, origin="http://grid.example", timeout=10)

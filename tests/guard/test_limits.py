"""How much one socket may say: the bucket, and the gate's use of it, on a clock of our own."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridapp.guard.bucket import Bucket
from gridapp.guard.gate import Gate
from gridapp.guard.socket_room import Limits, Place, Room

_SCOPE: Scope = {
    "type": "websocket",
    "path": "/_event/",
    "query_string": b"EIO=4&transport=websocket&token=t",
    "headers": [(b"origin", b"https://grid.example"), (b"host", b"grid.example")],
}


def test_a_bucket_lets_its_fill_through_and_no_more() -> None:
    bucket = Bucket(capacity_count=3, refill_per_s=1)
    assert [bucket.take(0) for _ in range(4)] == [True, True, True, False]


def test_a_bucket_refills_with_time_up_to_its_fill() -> None:
    bucket = Bucket(capacity_count=2, refill_per_s=1)
    assert [bucket.take(0), bucket.take(0), bucket.take(0.5)] == [True, True, False]
    assert [bucket.take(100), bucket.take(100), bucket.take(100)] == [True, True, False]


def _gate(app: ASGIApp, limits: Limits) -> Gate:
    return Gate(
        app,
        public_origin="https://grid.example",
        secret_key="k" * 32,
        is_session=lambda cookie: cookie == "li",
        limits=limits,
        clock_s=lambda: 0.0,
    )


def _passed(limits: Limits, sent_count: int, cookie: bytes = b"") -> tuple[int, Gate]:
    """Send so many frames in one moment; give how many the app got to see."""
    seen: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            seen.append(message)

    frames = iter([{"type": "websocket.receive", "text": "3"}] * sent_count)

    async def receive() -> Message:
        return next(frames, {"type": "websocket.disconnect"})

    async def send(_message: Message) -> None: ...

    gate = _gate(app, limits)
    headers = [*_SCOPE["headers"], (b"cookie", cookie)]
    asyncio.run(gate({**_SCOPE, "headers": headers}, receive, send))
    return len(seen), gate


def test_a_flood_is_dropped_but_for_its_first_part() -> None:
    count, gate = _passed(Limits(burst_count=5), 400)
    assert count == 5
    assert gate.dropped_count == {"too fast": 395}


def test_no_more_sockets_than_the_house_has_room_for() -> None:
    count, gate = _passed(Limits(stranger_sockets=0), 1)
    assert count == 0
    assert gate.dropped_count == {"too many sockets": 1}


def test_a_socket_that_closes_makes_room() -> None:
    _, gate = _passed(Limits(stranger_sockets=1), 1)
    assert gate._room.socket_count == 0


def test_strangers_never_take_the_room_of_people_who_are_signed_in() -> None:
    room = Room(Limits(stranger_sockets=3, stranger_sockets_per_address=2, session_sockets=1))
    places = [Place(f"stranger {n}", f"address {n // 2}", is_stranger=True) for n in range(6)]
    strangers = [room.enter(place) for place in [places[0], places[0], *places]]
    assert strangers == [True, True, False, False, True, False, False, False]
    assert room.enter(Place("li", "address 0", is_stranger=False))
    assert not room.enter(Place("qian", "address 9", is_stranger=False))


def test_a_made_up_session_cookie_has_no_room_among_sessions() -> None:
    limits = Limits(stranger_sockets=0, session_sockets=1)
    assert _passed(limits, 1, cookie=b"grid_session=li")[0] == 1
    assert _passed(limits, 1, cookie=b"grid_session=made-up")[0] == 0


def test_a_socket_that_does_not_join_is_closed() -> None:
    said: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        said.append(await receive())

    async def silence() -> Message:
        return await asyncio.Future()

    async def send(message: Message) -> None:
        said.append(message)

    asyncio.run(_gate(app, Limits(join_within_s=0))(dict(_SCOPE), silence, send))
    assert [one["type"] for one in said] == ["websocket.close", "websocket.disconnect"]

"""How much one socket may say: the bucket, and the gate's use of it, on a clock of our own."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from gridapp.guard.bucket import Bucket
from gridapp.guard.gate import Gate, Limits

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


def _passed(limits: Limits, sent_count: int) -> tuple[int, Gate]:
    """Send so many frames in one moment; give how many the app got to see."""
    seen: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            seen.append(message)

    frames = iter([{"type": "websocket.receive", "text": "3"}] * sent_count)

    async def receive() -> Message:
        return next(frames, {"type": "websocket.disconnect"})

    async def send(_message: Message) -> None: ...

    gate = Gate(
        app,
        public_origin="https://grid.example",
        secret_key="k" * 32,
        limits=limits,
        clock_s=lambda: 0.0,
    )
    asyncio.run(gate(dict(_SCOPE), receive, send))
    return len(seen), gate


def test_a_flood_is_dropped_but_for_its_first_part() -> None:
    count, gate = _passed(Limits(burst_count=5), 400)
    assert count == 5
    assert gate.dropped_count == {"too fast": 395}


def test_no_more_sockets_than_the_house_has_room_for() -> None:
    count, gate = _passed(Limits(sockets=0), 1)
    assert count == 0
    assert gate.dropped_count == {"too many sockets": 1}


def test_a_socket_that_closes_makes_room() -> None:
    _, gate = _passed(Limits(sockets=1), 1)
    assert gate._sockets.total() == 0

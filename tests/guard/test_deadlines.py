"""A body that stands still or trickles in ends with a refusal; an honest one is waited for."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from gridapp.guard.deadlines import BodyDeadlines, BodyTooSlowError, with_deadlines


@pytest.mark.parametrize(
    ("spent_s", "byte_count", "left_s"),
    [
        (0, 0, 15),  # the next chunk
        (29, 3, 1.00075),
        (31, 3, -0.99925),  # a byte now and then
        (200, 800_000, 15),  # a photo over a bad line: 4 kB/s
        (300, 800_000, -70),
        (890, 48_000_000, 10),  # four photos, and no longer than a quarter of an hour
    ],
)
def test_time_is_earned_by_bytes(spent_s: float, byte_count: int, left_s: float) -> None:
    assert BodyDeadlines().left_s(spent_s, byte_count) == pytest.approx(left_s)


def read(chunks: list[Message], seconds: list[float]) -> list[Message]:
    """Read a body whose chunks come at these seconds, and what an app then says."""
    said: list[Message] = []
    coming = iter(chunks)

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive()).get("more_body"):
            said.append(message)
        said.append(message)

    async def receive() -> Message:
        for message in coming:
            return message
        return await asyncio.Future()

    async def send(message: Message) -> None:
        said.append(message)

    clock = iter(seconds)
    served = with_deadlines(BodyDeadlines(chunk_s=0), lambda: next(clock))(app)

    async def serve() -> None:
        await served({"type": "http"}, receive, send)

    asyncio.run(serve())
    return said


def chunk(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_whole_body_passes() -> None:
    chunks = [chunk(b"a", more=True), chunk(b"b", more=False)]
    assert read(chunks, [0, 0, 1]) == chunks


def test_a_body_that_stands_still_is_answered_with_408() -> None:
    said = read([chunk(b"a", more=True)], [0, 0, 1])
    assert said[1]["status"] == 408
    assert BodyTooSlowError.sentence in said[2]["body"].decode()

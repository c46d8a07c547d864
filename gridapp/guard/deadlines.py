"""How long a request's body may take: one deadline for every reader, whoever reads it.

The server itself waits for ever (granian has no time-out on a body). A body that stands still, or
that trickles in, ends here with 408; an honest one over a slow network goes on for as long as it
comes at a rate that a bad telephone line has.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridapp.domain.errors import GridappError


class BodyTooSlowError(GridappError):
    """The body stood still, or came more slowly than any working network carries it."""

    code = "request.too_slow"
    sentence = "网络太慢，内容没有传完。请换个信号好的地方再试一次。"
    status = 408


@dataclass(frozen=True)
class BodyDeadlines:
    """Seconds that a body may take.

    Args:
        chunk_s: Between two chunks.
        grace_s: For a whole body, however small.
        least_bytes_per_s: What comes as fast as this may take longer than the grace.
        whole_s: For a whole body, however large.
    """

    chunk_s: float = 15
    grace_s: float = 30
    least_bytes_per_s: float = 4_000
    whole_s: float = 900

    def left_s(self, spent_s: float, byte_count: int) -> float:
        """Give how long the next chunk may take."""
        earned_s = min(self.whole_s, self.grace_s + byte_count / self.least_bytes_per_s)
        return min(self.chunk_s, earned_s - spent_s)


def with_deadlines(
    limits: BodyDeadlines | None = None, stopwatch: Callable[[], float] = time.monotonic
) -> Callable[[ASGIApp], ASGIApp]:
    """Give every HTTP request's body its deadlines; to stand in front of all readers."""
    deadlines = limits or BodyDeadlines()

    def wrap(app: ASGIApp) -> ASGIApp:
        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            is_answered = False

            async def noting(message: Message) -> None:
                nonlocal is_answered
                is_answered = True
                await send(message)

            try:
                await app(scope, _timed(receive, deadlines, stopwatch), noting)
            except BodyTooSlowError as refusal:  # a reader that knows no refusals of ours
                if not is_answered:
                    answer = PlainTextResponse(refusal.sentence, status_code=refusal.status)
                    await answer(scope, receive, send)

        return served

    return wrap


def _timed(receive: Receive, deadlines: BodyDeadlines, stopwatch: Callable[[], float]) -> Receive:
    begun_s = stopwatch()
    byte_count = 0
    is_whole = False

    async def next_message() -> Message:
        nonlocal byte_count, is_whole
        if is_whole:  # what is waited for now is that the client goes away
            return await receive()
        left_s = deadlines.left_s(stopwatch() - begun_s, byte_count)
        try:
            async with asyncio.timeout(max(0, left_s)):
                message = await receive()
        except TimeoutError as error:
            raise BodyTooSlowError from error
        byte_count += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        return message

    return next_message

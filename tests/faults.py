"""A line to the server that fails as real ones do: refused, silent, cut, or answered by others."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

CHUNK_BYTES: Final = 65_536
_HEAD_MAX_BYTES: Final = 65_536


@dataclass(frozen=True)
class Fault:
    """How a connection behaves.

    Args:
        kind: ``pass``, ``refuse``, ``silence`` (a black hole), ``cut`` or ``answer``.
        upward_bytes: With ``cut``: how much of a connection reaches the server.
        downward_bytes: With ``cut``: how much of the answers reaches the phone.
        reply: With ``answer``: what somebody on the way answers instead.
    """

    kind: str = "pass"
    upward_bytes: int | None = None
    downward_bytes: int | None = None
    reply: bytes = b""


def _reply(status: str, body: str = "", **headers: str) -> Fault:
    content = body.encode()
    told = {"Content-Length": str(len(content)), "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return Fault("answer", reply=f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + content)


PASS: Final = Fault()
REFUSED: Final = Fault("refuse")
SILENCE: Final = Fault("silence")
PORTAL: Final = _reply("200 OK", "<html>请先登录上网</html>", Content_Type="text/html")
REDIRECT: Final = _reply("302 Found", Location="http://portal.example/login")
BROKEN: Final = _reply("500 Internal Server Error")
NO_SERVER: Final = _reply("502 Bad Gateway", "<html>502</html>", Content_Type="text/html")
TOO_OFTEN: Final = _reply("429 Too Many Requests", Retry_After="1")


def cut(*, upward_bytes: int | None = None, downward_bytes: int | None = None) -> Fault:
    """Cut each connection once so many bytes have gone one way."""
    return Fault("cut", upward_bytes=upward_bytes, downward_bytes=downward_bytes)


@dataclass
class Line:
    """A TCP proxy in a thread of its own; ``fault`` may be changed at any moment.

    A change also ends the connections that are open: a phone that walks into a cellar loses those.
    """

    server_port: int
    port: int = 0
    fault: Fault = PASS
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _open: set[asyncio.Task[None]] = field(default_factory=set)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,))
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        assert self._thread is not None
        self._thread.join()
        self._loop.close()

    @property
    def address(self) -> str:
        """Where the phone finds the server."""
        return f"http://127.0.0.1:{self.port}"

    def turn(self, fault: Fault) -> None:
        """Let the line behave otherwise from now on."""
        self._loop.call_soon_threadsafe(self._turn, fault)

    @contextmanager
    def being(self, fault: Fault) -> Iterator[None]:
        """Let the line behave otherwise for a while."""
        self.turn(fault)
        yield
        self.turn(PASS)

    def _turn(self, fault: Fault) -> None:
        self.fault = fault
        for task in self._open:
            task.cancel()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._accept, "127.0.0.1", self.port)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        self._turn(REFUSED)
        self._loop.run_until_complete(asyncio.gather(*self._open, return_exceptions=True))
        self._loop.run_until_complete(server.wait_closed())

    async def _accept(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await self._serve(phone, back)
        except (asyncio.CancelledError, OSError, asyncio.IncompleteReadError):
            pass  # the line was turned, or either end has gone
        finally:
            self._open.discard(task)
            back.transport.abort()  # a reset, as a dead line gives; never a polite end

    async def _serve(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        fault = self.fault
        if fault.kind == "refuse":
            return
        if fault.kind == "silence":
            while await phone.read(CHUNK_BYTES):
                pass
            return
        if fault.kind == "answer":
            await _answer(phone, back, fault.reply)
            return
        await self._join(phone, back, fault)

    async def _join(
        self, phone: asyncio.StreamReader, back: asyncio.StreamWriter, fault: Fault
    ) -> None:
        server, forth = await asyncio.open_connection("127.0.0.1", self.server_port)
        try:
            ways = [
                asyncio.ensure_future(_pour(phone, forth, fault.upward_bytes)),
                asyncio.ensure_future(_pour(server, back, fault.downward_bytes)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                if fault.kind == "pass":
                    back.close()  # the server has ended it, after all that it had to say
                    await back.wait_closed()
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        finally:
            forth.transport.abort()


async def _pour(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, most_bytes: int | None
) -> None:
    left = most_bytes
    while left is None or left > 0:
        chunk = await source.read(CHUNK_BYTES if left is None else min(left, CHUNK_BYTES))
        if not chunk:
            return
        sink.write(chunk)
        await sink.drain()
        left = left if left is None else left - len(chunk)


async def _answer(phone: asyncio.StreamReader, back: asyncio.StreamWriter, reply: bytes) -> None:
    """Read one request to its end and answer it, as a portal or a gateway would."""
    head = await phone.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    lengths = [line.partition(":")[2] for line in lines if line.startswith("content-length:")]
    await phone.readexactly(int(lengths[0]) if lengths else 0)
    back.write(reply)
    await back.drain()
    back.close()
    await back.wait_closed()

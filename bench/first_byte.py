"""Times from a request to the first byte of its answer, over many connections kept open."""

import asyncio
import statistics
import time
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

_BODY: Final = "<!doctype html><title>页面</title>" + "<p>一段和楼栋页一样长的正文。</p>" * 160


def bare() -> Starlette:
    """Make the yardstick: one page of about the same length, nothing looked up."""

    async def show(_: Request) -> HTMLResponse:
        return HTMLResponse(_BODY)

    return Starlette(routes=[Route("/{path:path}", show)])


async def _one(port: int, sent: bytes, count: int, taken_ms: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(count):
        begun = time.perf_counter()
        writer.write(sent)
        first = await reader.readexactly(1)
        taken_ms.append((time.perf_counter() - begun) * 1000)
        head = first + await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        await _read_body(reader, head.lower())
    writer.close()
    await writer.wait_closed()


async def _read_body(reader: asyncio.StreamReader, head: bytes) -> None:
    if b"content-length: " in head:
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


def first_bytes_ms(port: int, path: str, connection_count: int, each: int) -> list[float]:
    """Ask for a page over so many connections at once; gives the times, sorted."""
    sent = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-encoding: gzip\r\n\r\n".encode()
    taken_ms: list[float] = []

    async def everybody() -> None:
        await asyncio.gather(*(_one(port, sent, each, taken_ms) for _ in range(connection_count)))

    asyncio.run(everybody())
    return sorted(taken_ms)


def p95(taken_ms: list[float]) -> float:
    """Give the 95th percentile."""
    return statistics.quantiles(taken_ms, n=20)[-1]

"""A client that costs little: kept connections, ready-made requests, nothing parsed but lengths."""

import asyncio
import time
from collections.abc import Sequence


def request(method: str, path: str, body: bytes, kind: str, **headers: str) -> bytes:
    """Make the bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", f"content-type: {kind}"]
    lines += [f"content-length: {len(body)}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> int:
    writer.write(sent)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0] or 0)
    await reader.readexactly(length)
    return int(head.split(" ", 2)[1])


async def _worker(port: int, queue: list[bytes], statuses: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while queue:
        statuses.append(await _one(reader, writer, queue.pop()))
    writer.close()
    await writer.wait_closed()


async def _all(port: int, queue: list[bytes], connection_count: int) -> list[int]:
    statuses: list[int] = []
    await asyncio.gather(*(_worker(port, queue, statuses) for _ in range(connection_count)))
    return statuses


def send_all(
    port: int, requests: Sequence[bytes], connection_count: int, wanted: int = 201
) -> float:
    """Send everything over so many connections; gives requests a second.

    Raises:
        RuntimeError: An answer was another than the one wanted.
    """
    begun = time.perf_counter()
    statuses = asyncio.run(_all(port, list(requests), connection_count))
    seconds = time.perf_counter() - begun
    if set(statuses) != {wanted}:
        raise RuntimeError(f"answers other than {wanted}: {sorted(set(statuses))}")
    return len(requests) / seconds

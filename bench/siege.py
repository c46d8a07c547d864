"""Whether the door stays open: idle, keep-alive and slow connections and anonymous sockets at once.

``python -m bench.siege [CONNECTIONS] [SOCKETS] [WORKERS] [SECONDS]`` (5000 5000 1 30) starts a
server of its own on loopback with a small demo in a temporary folder, besieges it from one process
and asks it from another: health, a report, and a signed-in socket that joins. It prints how long
each took, before the siege and in it, and ends with 1 when one took longer than a second.

It never goes to another machine, opens at most 10,000 of each kind and ends by itself. With more
than one worker it needs Redis (``GRID_REDIS_URL``).
"""

import asyncio
import itertools
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from uuid import uuid4

import websocket

HOST, PORT = "127.0.0.1", 3170
MOST_OF_A_KIND, MOST_SECONDS = 10_000, 120
OPENED_AT_ONCE, ADDRESSES = 100, 250
# What the server closes is opened again after so long. Refused sockets come back as slowly as a
# page would bring them back: without a pause it would be a flood of requests, another attack.
REOPENED_AFTER_S, SOCKETS_REOPENED_AFTER_S = 3, 15
LONGEST_ANSWER_S = 1.0

_GET = b"GET /manifest.webmanifest HTTP/1.1\r\nHost: h\r\n\r\n"
_SLOW = (
    b"POST /report HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 1000\r\n\r\nat="
)
_SOCKET = (
    f"GET /_event/?EIO=4&transport=websocket&token=%s HTTP/1.1\r\nHost: {HOST}:{PORT}\r\n"
    f"Origin: http://{HOST}:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
# The kinds of connection: what is sent at once.
_KINDS: dict[str, Callable[[], bytes]] = {
    "silent": lambda: b"",
    "keep-alive": lambda: _GET,
    "slow body": lambda: _SLOW,
}


@dataclass(frozen=True)
class Size:
    """How much is opened, against how many workers, for how long."""

    connections: int = 5_000
    sockets: int = 5_000
    workers: int = 1
    seconds: int = 30

    def __post_init__(self) -> None:
        if max(self.connections, self.sockets) > MOST_OF_A_KIND or self.seconds > MOST_SECONDS:
            raise SystemExit(f"at most {MOST_OF_A_KIND} of a kind and {MOST_SECONDS} seconds")


class Besieger:
    """Keeps so many connections open, from many addresses of this machine."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._opening = asyncio.Semaphore(OPENED_AT_ONCE)
        self.open_count: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()

    async def besiege(self, stop: Event) -> None:
        """Open everything and keep it open until it is stopped."""
        kinds = list(_KINDS)
        tasks = [
            asyncio.create_task(self._keep(number, kinds[number % len(kinds)]))
            for number in range(self._size.connections)
        ]
        tasks += [
            asyncio.create_task(self._keep(number, "socket"))
            for number in range(self._size.sockets)
        ]
        while not stop.is_set():  # noqa: ASYNC110 - another process sets it
            await asyncio.sleep(0.2)
        print("open at the end:", dict(self.open_count))
        print("first words of the answers:", dict(self.answered))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self, number: int, kind: str) -> None:
        pause_s = SOCKETS_REOPENED_AFTER_S if kind == "socket" else REOPENED_AFTER_S
        address = f"127.0.{number % ADDRESSES + 1}.1"
        # All at once would be a flood of requests as well.
        await asyncio.sleep(random.uniform(0, self._size.seconds / 3))  # noqa: S311 - no secret
        while True:
            with suppress(OSError):
                await self._once(kind, address)
            await asyncio.sleep(random.uniform(0.5, 1.5) * pause_s)  # noqa: S311 - no secret

    async def _once(self, kind: str, address: str) -> None:
        async with self._opening:
            reader, writer = await asyncio.open_connection(HOST, PORT, local_addr=(address, 0))
        words = _KINDS[kind]() if kind in _KINDS else (_SOCKET % uuid4()).encode()
        self.open_count[kind] += 1
        try:
            writer.write(words)
            answer = await reader.read(12)
            self.answered[f"{kind} {answer.decode('latin-1')[9:12] or 'closed'}"] += 1
            while await reader.read(4096):
                pass
        finally:
            self.open_count[kind] -= 1
            writer.close()


def _besiege(size: Size, stop: Event) -> None:
    _, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (hard, hard))

    async def run() -> None:
        await Besieger(size).besiege(stop)

    asyncio.run(run())


class Citizens:
    """Those who want to go on with their work: each question is a new connection."""

    def __init__(self, codes: list[str]) -> None:
        self._codes = itertools.cycle(codes)
        said = self._ask("POST", "/session", {"login": "li", "password": "grid-demo-2026"})
        self._cookie = said.headers["set-cookie"].partition(";")[0]

    def health(self) -> None:
        """Ask whether the server is well."""
        self._ask("GET", "/health")

    def report(self) -> None:
        """Report a case."""
        self._ask("PUT", f"/reports/{uuid4()}", {"at": next(self._codes), "text": "楼道灯不亮"})

    def socket(self) -> None:
        """Open a socket with a session and join, as a page does."""
        address = f"ws://{HOST}:{PORT}/_event/?EIO=4&transport=websocket&token={uuid4()}"
        with closing(
            websocket.create_connection(
                address, timeout=20, cookie=self._cookie, origin=f"http://{HOST}:{PORT}"
            )
        ) as page:
            page.recv()
            page.send("40/_event,{}")
            while not str(page.recv()).startswith("40/_event,"):
                pass

    def _ask(
        self, method: str, path: str, said: dict[str, str] | None = None
    ) -> urllib.request.addinfourl:
        headers = {"content-type": "application/json", "x-grid-device": str(uuid4())}
        body = json.dumps(said).encode() if said else None
        address = f"http://{HOST}:{PORT}/api/v1{path}"
        asked = urllib.request.Request(address, body, headers, method=method)
        answer: urllib.request.addinfourl = urllib.request.urlopen(asked, timeout=20)  # noqa: S310
        answer.read()
        return answer


@contextmanager
def served(folder: str, workers: int) -> Iterator[None]:
    """Serve a small demo until the block ends."""
    command = [sys.executable, "-m", "gridapp", "serve", "--demo", "--port", str(PORT)]
    environment = os.environ | {"GRID_DATA_DIR": folder}
    server = subprocess.Popen([*command, "--workers", str(workers)], env=environment)  # noqa: S603
    try:
        _wait_for(server)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        with suppress(OSError):
            urllib.request.urlopen(f"http://{HOST}:{PORT}/api/v1/health", timeout=5).close()
            return
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        time.sleep(0.5)


def _timed(ask: Callable[[], None]) -> float:
    begun_s = time.perf_counter()
    try:
        ask()
    except OSError as error:
        print("not answered:", error)
        return float("inf")
    return time.perf_counter() - begun_s


def _measure(citizens: Citizens, seconds: float) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {"health": [], "report": [], "socket": []}
    ends_s = time.monotonic() + seconds
    while time.monotonic() < ends_s:
        for name, values in took.items():
            values.append(_timed(getattr(citizens, name)))
        time.sleep(0.5)
    return took


def _tell(when: str, took: dict[str, list[float]]) -> float:
    for name, values in took.items():
        median = statistics.median(values) * 1000
        longest = max(values) * 1000
        print(
            f"{when} {name:7}", len(values), f"asked: median {median:.0f} ms, longest {longest:.0f}"
        )
    return max(max(values) for values in took.values())


def main() -> None:
    """Besiege a server of our own and tell how it went."""
    size = Size(*(int(word) for word in sys.argv[1:]))
    context = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, served(folder, size.workers):
        with closing(sqlite3.connect(Path(folder) / "gridapp.db")) as town:
            rows = town.execute("SELECT code FROM building_code WHERE retired_at IS NULL")
            codes = [code for (code,) in rows]
        citizens = Citizens(codes)
        _tell("before  ", _measure(citizens, 4))
        stop = context.Event()
        besieger = context.Process(target=_besiege, args=(size, stop))
        besieger.start()
        _tell("opening ", _measure(citizens, size.seconds / 2))
        longest_s = _tell("besieged", _measure(citizens, size.seconds / 2))
        stop.set()
        besieger.join(30)
    sys.exit(longest_s > LONGEST_ANSWER_S)


if __name__ == "__main__":
    main()

"""Sixty small files that unfold to 49 million pixels each, sent at once to a real server.

``python -m bench.bombs [url code pid]`` prints the most memory of the server and its processes,
how long ``/health`` and a building's page took meanwhile, and what became of the photos: each comes
again after the time it was told, as phones do. Without words it starts a server of its own.
"""

import hashlib
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final, Self

from PIL import Image

from bench.street import build_street
from gridapp.services.file_store import FileStore

COUNT: Final = 60
SIDE_PX: Final = 7_000
_PATIENCE_S: Final = 300


def bomb(number: int) -> bytes:
    """Make a PNG of one colour: some 160 KB, 196 MB when it is decoded."""
    out = BytesIO()
    Image.new("RGB", (SIDE_PX, SIDE_PX), (number, 40, 90)).save(out, "PNG")
    return out.getvalue()


def send(url: str, code: str, number: int, body: bytes) -> list[int]:
    """Send a photo until it is taken or refused; gives every status on the way."""
    sha = hashlib.sha256(body).hexdigest()
    headers = {"x-grid-device": f"bombing-phone-{number:03}", "content-type": "image/png"}
    until = time.monotonic() + _PATIENCE_S
    seen: list[int] = []
    while time.monotonic() < until:
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{url}/api/v1/photos/{sha}?at={code}", body, headers, method="PUT"
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - likewise
                return [*seen, answer.status]
        except urllib.error.HTTPError as refusal:
            seen.append(refusal.code)
            if refusal.code != 503:  # noqa: PLR2004 - only this one says to come again
                return seen
            wait = float(refusal.headers["retry-after"])
            time.sleep(wait * (1 + random.random()))  # noqa: S311 - as phones do
    return [*seen, 0]


def processes(root: int) -> Iterator[int]:
    """Give a process and all below it."""
    yield root
    try:
        told = [one.read_text() for one in Path(f"/proc/{root}/task").glob("*/children")]
    except OSError:
        return  # it has ended meanwhile
    for child in " ".join(told).split():
        yield from processes(int(child))


def memory_mb(root: int) -> tuple[float, float]:
    """Add up resident memory (RSS, which counts what is shared more than once) and Pss."""
    rss = pss = 0
    for pid in processes(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has ended meanwhile
        told = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
        rss, pss = rss + told["Rss"], pss + told["Pss"]
    return rss / 1024, pss / 1024


class Watch:
    """Looks at memory and at two addresses, again and again, until it is told to stop."""

    def __init__(self, url: str, code: str, pid: int) -> None:
        self.stopping = threading.Event()
        self.most_mb = (0.0, 0.0)
        self.took: dict[str, list[float]] = {"/api/v1/health": [], f"/q/{code}": []}
        self._threads = [threading.Thread(target=self._weigh, args=(pid,))]
        self._threads += [threading.Thread(target=self._ask, args=(url, p)) for p in self.took]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self._threads:
            thread.join()

    def _weigh(self, pid: int) -> None:
        while not self.stopping.wait(0.03):
            rss, pss = memory_mb(pid)
            self.most_mb = max(self.most_mb[0], rss), max(self.most_mb[1], pss)

    def _ask(self, url: str, path: str) -> None:
        while not self.stopping.wait(0.1):
            begun = time.monotonic()
            with urllib.request.urlopen(url + path, timeout=60) as answer:  # noqa: S310 - our own
                answer.read()
            self.took[path].append(time.monotonic() - begun)


def measure(url: str, code: str, pid: int) -> None:
    """Send all at once and print what came of it."""
    bodies = [bomb(n) for n in range(COUNT)]
    print(f"before: {memory_mb(pid)[0]:.0f} MB (RSS)")
    begun = time.monotonic()
    with Watch(url, code, pid) as watch, ThreadPoolExecutor(COUNT) as phones:
        answers = list(phones.map(lambda n: send(url, code, n, bodies[n]), range(COUNT)))
    print(f"{COUNT} photos of {SIDE_PX} x {SIDE_PX} in {time.monotonic() - begun:.0f} s")
    print(f"ends: {dict(Counter(each[-1] for each in answers))}")
    print(f"told to wait: {sum(each.count(503) for each in answers)} times")
    rss, pss = watch.most_mb
    print(f"most memory: {rss:.0f} MB (RSS of all processes), {pss:.0f} MB (Pss)")
    for path, times in watch.took.items():
        times.sort()
        middle = times[len(times) // 2]
        print(f"{path}: middle {middle * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms")


@contextmanager
def own_server() -> Iterator[tuple[str, str, int]]:
    """Serve a street without a front end; gives its address, a code and the process."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        database = f"sqlite:///{folder}/gridapp.db"
        code = build_street(database, FileStore(f"{folder}/files"), 3)[0]
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        words = ["serve", "--api-only", "--port", str(port)]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "gridapp", *words],
            env={"GRID_DATA_DIR": folder, "GRID_DATABASE_URL": database, "PATH": ""},
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/v1/health")
            yield f"http://127.0.0.1:{port}", code, process.pid
        finally:
            process.terminate()
            process.wait()


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {url}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        with own_server() as served:
            measure(*served)

"""Report intake against a bare insert: two real servers, one database, taking turns in one run.

``python -m bench.intake [sqlite] [postgresql]`` prints requests a second and their ratio. A report
names a photo of about 200 KB that has been uploaded before; the yardstick is bare Starlette with
one row and one durable commit (``bench/bare.py``).
"""

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import psycopg
from PIL import Image

from bench.load import request, send_all
from bench.street import build_street
from gridapp.services.photos.store import FileStore

POSTGRES = os.environ.get("GRID_TEST_POSTGRES", "postgres@127.0.0.1:5432")
ROUNDS, EACH, CONNECTIONS, PHOTOS = 8, 250, 16, 64
REPORT_PORT, BARE_PORT = 3160, 3161
TEXT = "三号楼门口的路灯不亮，晚上出门看不清台阶，老人容易摔倒，请尽快派人来修。"


@contextmanager
def server(target: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """Serve an app factory with granian, one worker, until the block ends."""
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port),
        # A stop that comes while a worker is still starting would else be waited for for ever.
        "--workers-kill-timeout", "5", "--log-level", "warning", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | environment)  # noqa: S603 - our own command
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until something answers at the port."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/none")
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at port {port}")


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of an empty database that is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    name = f"gridapp_bench_{os.getpid()}"
    with psycopg.connect(f"postgresql://{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"postgresql+psycopg://{POSTGRES}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def photos() -> list[bytes]:
    """Draw photos of about 200 KB: noise, which no JPEG makes smaller."""
    drawn = []
    for _ in range(PHOTOS):
        picture = Image.frombytes("L", (480, 480), os.urandom(480 * 480)).convert("RGB")
        out = BytesIO()
        picture.save(out, "JPEG", quality=92)
        drawn.append(out.getvalue())
    return drawn


def upload(codes: list[str]) -> list[str]:
    """Upload the photos; gives their hashes."""
    drawn = photos()
    print(f"  photo of {len(drawn[0]) // 1000} KB")
    hashes = [hashlib.sha256(body).hexdigest() for body in drawn]
    requests = [
        request(
            "PUT", f"/api/v1/photos/{sha}?at={codes[n]}", body, "image/jpeg",
            **{"x-grid-device": f"uploading-phone-{n}"},
        )
        for n, (sha, body) in enumerate(zip(hashes, drawn, strict=True))
    ]  # fmt: skip
    send_all(REPORT_PORT, requests, 4)
    return hashes


def report_requests(codes: list[str], hashes: list[str], first: int) -> list[bytes]:
    """Make reports of many phones at many buildings."""
    made = []
    for n in range(first, first + EACH):
        facts = {
            "at": codes[n % len(codes)], "text": TEXT, "category": "lamp",
            "photos": [hashes[n % len(hashes)]], "made_at": "2026-06-10T12:00:00+08:00",
        }  # fmt: skip
        body = json.dumps(facts, ensure_ascii=False).encode()
        device = {"x-grid-device": f"reporting-phone-{n}"}
        path = f"/api/v1/reports/{uuid4()}"
        made.append(request("PUT", path, body, "application/json", **device))
    return made


def bare_requests() -> list[bytes]:
    """Make bare inserts of the same text."""
    body = json.dumps({"at": "23456789", "text": TEXT}, ensure_ascii=False).encode()
    return [request("PUT", f"/bare/{uuid4()}", body, "application/json") for _ in range(EACH)]


def measure(kind: str) -> float:
    """Measure one kind of database; gives the ratio of the medians."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(kind, folder))
        codes = build_street(url, FileStore(folder / "files"))
        environment = {"GRID_DATABASE_URL": url, "GRID_DATA_DIR": str(folder)}
        stack.enter_context(server("gridapp.doors:api_only", REPORT_PORT, environment))
        stack.enter_context(server("bench.bare:bare", BARE_PORT, environment))
        hashes = upload(codes)
        reports, bares = [], []
        for turn in range(ROUNDS):
            bares.append(send_all(BARE_PORT, bare_requests(), CONNECTIONS))
            made = report_requests(codes, hashes, turn * EACH)
            reports.append(send_all(REPORT_PORT, made, CONNECTIONS))
    # The first turn warms up: caches, connections, compiled statements.
    report, bare = statistics.median(reports[1:]), statistics.median(bares[1:])
    print(f"  reports {report:.0f}/s, bare inserts {bare:.0f}/s, ratio {report / bare:.2f}")
    return report / bare


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["sqlite", "postgresql"]:
        print(wanted)
        measure(wanted)

"""Report intake against a bare insert: two real servers, one database, taking turns in one run.

``python -m bench.intake [sqlite] [postgresql]`` prints requests a second and their ratio. A report
names a photo that has been uploaded before; the yardstick is bare Starlette with one row and one
durable commit (``bench/bare.py``).

The photos, of 1.9 million pixels and some 200 KB as phones make them, are uploaded within a timing
of their own: how much processor time the server and its decoders take for each, from the request
to the row, against one bare decoding and one encoding of that very picture.
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
from random import Random
from uuid import uuid4

import psycopg
from PIL import Image, ImageDraw, ImageFilter

from bench.bombs import processes
from bench.load import request, send_all
from bench.street import build_street
from gridapp.services.file_store import FileStore

POSTGRES = os.environ.get("GRID_TEST_POSTGRES", "postgres@127.0.0.1:5432")
ROUNDS, EACH, CONNECTIONS, PHOTOS = 8, 250, 16, 64
REPORT_PORT, BARE_PORT = 3160, 3161
TEXT = "三号楼门口的路灯不亮，晚上出门看不清台阶，老人容易摔倒，请尽快派人来修。"


@contextmanager
def server(target: str, port: int, environment: dict[str, str]) -> Iterator[int]:
    """Serve an app factory with granian, one worker, until the block ends; gives the process."""
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port),
        # A stop that comes while a worker is still starting would else be waited for for ever.
        "--workers-kill-timeout", "5", "--log-level", "warning", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | environment)  # noqa: S603 - our own command
    try:
        wait_for(port)
        yield process.pid
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
    """Draw photos as phones take them: soft light, edges, a little grain; 1600 x 1200, 200 KB."""
    size = 1600, 1200
    light = [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L")]
    scene = Image.merge("RGB", [one.rotate(90 * n).resize(size) for n, one in enumerate(light)])
    grain = Image.effect_noise(size, 18).filter(ImageFilter.GaussianBlur(1.2))
    scene = Image.blend(scene, Image.merge("RGB", (grain,) * 3), 0.35)
    return [_with_edges(scene, seed) for seed in range(PHOTOS)]


def _with_edges(scene: Image.Image, seed: int) -> bytes:
    picture, chance = scene.copy(), Random(seed)  # noqa: S311 - the same photos each time
    pen = ImageDraw.Draw(picture)
    for _ in range(120):
        x, y = chance.randrange(1600), chance.randrange(1200)
        corner = x + chance.randrange(10, 200), y + chance.randrange(10, 200)
        pen.rectangle((x, y, *corner), outline=(chance.randrange(255),) * 3, width=3)
    out = BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def bare_seconds(body: bytes, **how: bool) -> float:
    """Take the processor time of one decoding and one encoding at the stored size, nothing else."""
    taken = []
    for _ in range(15):
        begun = time.process_time()
        picture = Image.open(BytesIO(body))
        picture.load()
        picture.save(BytesIO(), "JPEG", quality=82, **how)
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def spent_seconds(pid: int) -> float:
    """Tell the processor time of a process, all below it, and all of them that have ended."""
    ticks = 0
    for one in processes(pid):
        told = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += sum(int(part) for part in told[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def bring_again(codes: list[str], drawn: list[bytes], first: int) -> None:
    """Let each phone that will report bring its photo: nobody may name another one's."""
    again = []
    for n in range(first, first + EACH):
        body = drawn[n % len(drawn)]
        path = f"/api/v1/photos/{hashlib.sha256(body).hexdigest()}?at={codes[n % len(codes)]}"
        device = {"x-grid-device": f"reporting-phone-{n}"}
        again.append(request("PUT", path, body, "image/jpeg", **device))
    send_all(REPORT_PORT, again, 4, wanted=200)


def upload(codes: list[str], drawn: list[bytes], pid: int) -> list[str]:
    """Upload the photos, and print what that takes; gives their hashes."""
    hashes = [hashlib.sha256(body).hexdigest() for body in drawn]
    requests = [
        request(
            "PUT", f"/api/v1/photos/{sha}?at={codes[n]}", body, "image/jpeg",
            **{"x-grid-device": f"uploading-phone-{n}"},
        )
        for n, (sha, body) in enumerate(zip(hashes, drawn, strict=True))
    ]  # fmt: skip
    send_all(REPORT_PORT, requests[:4], 1)  # the decoders have started then
    begun = spent_seconds(pid)
    send_all(REPORT_PORT, requests[4:], 4)
    each = (spent_seconds(pid) - begun) / (len(requests) - 4)
    plain, stored = bare_seconds(drawn[0]), bare_seconds(drawn[0], progressive=True, optimize=True)
    print(f"  photo of {len(drawn[0]) // 1000} KB taken in: {1000 * each:.1f} ms of processor time")
    print(f"  x {each / plain:.2f} of bare decode and encode ({1000 * plain:.1f} ms)")
    print(
        f"  x {each / stored:.2f} of the same, progressive as once stored ({1000 * stored:.1f} ms)"
    )
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
        pid = stack.enter_context(server("gridapp.doors:api_only", REPORT_PORT, environment))
        stack.enter_context(server("bench.bare:bare", BARE_PORT, environment))
        drawn = photos()
        hashes = upload(codes, drawn, pid)
        reports, bares = [], []
        for turn in range(ROUNDS):
            bares.append(send_all(BARE_PORT, bare_requests(), CONNECTIONS))
            bring_again(codes, drawn, turn * EACH)
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

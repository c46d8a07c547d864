"""The resident's minute against its budgets: weight, paint, use, first byte, Lighthouse.

``python -m bench.resident [--runs N] [--lighthouse PATH]`` serves a hamlet and prints, for a first
visit in Chromium under Lighthouse's "Slow 4G" and 4 × CPU throttling, the median of N runs:

- ``/q/{code}``: at most 60 KB in 6 answers until usable, largest paint 1.5 s, usable 2.0 s;
- ``/report`` and the tracking page: the same two times (usable = text can be typed and a photo
  chosen, which the plain form allows from its first paint);
- the first byte of ``/q/{code}`` with 100 connections at once, as a ratio to a bare Starlette page
  of the same length in the same run (the loader shares the processors with the server).

``--lighthouse`` names the program (``npm install lighthouse`` in a folder of its own; it is no part
of this project), which then judges the report and the tracking page: 95 at least.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, sync_playwright

import gridapp.services.all_deeds  # noqa: F401 - each feature writes its deeds down
from bench.first_byte import first_bytes_ms, p95
from bench.slow_phone import Opened, open_first
from gridapp.domain.vocabulary import Deed
from gridapp.frontend.node import node_environment
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT
from gridapp.services.orders import Order
from tests.browser import find_chromium
from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.served import free_port

CONNECTIONS: Final = 100
EACH: Final = 40
ROUNDS: Final = 5
_KINDS: Final = ("performance", "accessibility", "best-practices")


def pages_of(hamlet: Hamlet) -> dict[str, str]:
    """Give the pages that are measured, with a matter open at home and one that is closed."""
    tracks = []
    for category in ("street_lamp", "rubbish"):
        with hamlet.desk.acting(RESIDENT) as act:
            facts = ReportFacts(at=hamlet.home.code, text="楼道的灯不亮", category=category)
            case = report_case(act, uuid4(), facts)
        if category == "rubbish":
            with hamlet.desk.acting(hamlet.actor("li")) as act:
                do_deed(act, Order(Deed.SETTLE, case.no, {"words": "已当场更换灯泡"}))
        tracks.append(case.track)
    return {
        "place": f"/q/{hamlet.home.code}",
        "report": f"/report?at={hamlet.home.code}",
        "receipt": f"/c/{tracks[0]}?new=1",
        "closed": f"/c/{tracks[1]}",
        "home": "/",
    }


def tell_visit(name: str, opened: list[Opened]) -> None:
    """Print the medians of several first visits."""

    def median(what: str) -> float:
        return float(statistics.median(getattr(one, what) for one in opened))

    early, whole = median("early_bytes") / 1000, median("all_bytes") / 1000
    print(
        f"{name:8} largest paint {median('lcp_ms'):5.0f} ms, usable {median('usable_ms'):5.0f} ms, "
        f"modules {median('ready_ms'):5.0f} ms",
        f"until usable {early:5.1f} KB in {median('early_count'):.0f}",
        f"in the end {whole:5.1f} KB in {median('all_count'):.0f}",
        sep="; ",
    )


def measure_visits(browser: Browser, hamlet: Hamlet, paths: dict[str, str], runs: int) -> None:
    """Print how first visits go on a poor line, and that of the building without script."""
    for name, path in paths.items():
        tell_visit(name, [open_first(browser, hamlet.address + path) for _ in range(runs)])
    plain = open_first(browser, hamlet.address + paths["place"], has_script=False, is_slow=False)
    print(f"place without script: {plain.all_bytes / 1000:.1f} KB in {plain.all_count}")


@contextmanager
def _bare_page() -> Iterator[int]:
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port),
        "--log-level", "warning", "bench.first_byte:bare",
    ]  # fmt: skip
    process = subprocess.Popen(command)  # noqa: S603 - our own command
    try:
        # The first answers are not counted: until it is up, nothing answers at all.
        while process.poll() is None:
            try:
                first_bytes_ms(port, "/", 1, 1)
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def measure_first_byte(hamlet: Hamlet, path: str) -> None:
    """Print the first byte's 95th percentile of the page and of a bare one, in turns."""
    port = urlsplit(hamlet.address).port
    assert port is not None
    ours, bare = [], []
    with _bare_page() as bare_port:
        for _ in range(ROUNDS):
            bare.append(p95(first_bytes_ms(bare_port, path, CONNECTIONS, EACH)))
            ours.append(p95(first_bytes_ms(port, path, CONNECTIONS, EACH)))
        alone = p95(first_bytes_ms(port, path, 1, CONNECTIONS))
    page_ms, bare_ms = statistics.median(ours[1:]), statistics.median(bare[1:])
    print(
        f"first byte, {CONNECTIONS} at once: p95 {page_ms:.0f} ms, bare page {bare_ms:.0f} ms, "
        f"ratio {page_ms / bare_ms:.1f}; one at a time p95 {alone:.1f} ms"
    )


def judge(program: str, address: str) -> dict[str, float]:
    """Let Lighthouse judge a page as a phone; gives the scores by kind, in hundredths."""
    command = [
        program, address, "--quiet", "--output=json", f"--only-categories={','.join(_KINDS)}",
        "--form-factor=mobile", "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    told = node_environment() | {"CHROME_PATH": find_chromium() or ""}
    answer = subprocess.run(  # noqa: S603 - the program that was named
        command, env=told, check=True, stdout=subprocess.PIPE, cwd=tempfile.gettempdir()
    )
    found = json.loads(answer.stdout)["categories"]
    return {kind: found[kind]["score"] * 100 for kind in _KINDS}


def main() -> None:
    """Measure and print."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--runs", type=int, default=5)
    read.add_argument("--lighthouse", default=os.environ.get("LIGHTHOUSE", ""))
    told = read.parse_args()
    with (
        tempfile.TemporaryDirectory() as kept,
        served_hamlet(Path(kept) / "town", "--api-only", GRID_PLACE_KEPT_S="2") as hamlet,
    ):
        paths = pages_of(hamlet)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox"]
            )
            measure_visits(browser, hamlet, paths, told.runs)
            browser.close()
        measure_first_byte(hamlet, paths["place"])
        for name in ("place", "report", "receipt", "closed", "home") if told.lighthouse else ():
            scores = judge(told.lighthouse, hamlet.address + paths[name])
            print(
                f"Lighthouse {name:8}", *(f"{kind} {score:.0f}" for kind, score in scores.items())
            )


if __name__ == "__main__":
    main()

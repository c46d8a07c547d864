"""The field's budgets: cold open offline at a quarter of the speed, and what goes over the wire.

``python -m bench.field [--runs N]`` serves a hamlet in which Li has 60 tasks, takes today along
into a kept profile of Chromium, starts the browser anew without network for each run, and prints
the milliseconds from the tap until the tasks stand there; the target is 1,000 at 4 × throttling.
Then the bytes of a first visit before any worker is there (100 KB) and of all that the worker
keeps (1 MB), as they are sent. The worker's own thread is not throttled by Chromium.
"""

import argparse
import json
import re
import statistics
import tempfile
import urllib.request
from pathlib import Path
from typing import Final
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

import gridapp.services.all_deeds  # noqa: F401 - each feature writes its deeds down
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT
from gridapp.services.orders import Order
from tests.browser import find_chromium
from tests.journeys.hamlet import PASSWORD, Hamlet, served_hamlet

TASK_COUNT: Final = 60
THROTTLE: Final = 4
_TODAY: Final = "/field/today"
_TASKS: Final = 'ul[aria-label="我的任务"] > li'
_PHONE: Final = {"width": 390, "height": 844}
_DRAWN: Final = "performance.getEntriesByName('today-drawn')[0].startTime"
_KEPT: Final = """async () => {
  const count = async () => (await (await caches.open("grid-pages")).keys()).length;
  while ((await count()) < 9) await new Promise((done) => setTimeout(done, 50));
}"""


def give_tasks(hamlet: Hamlet, count: int) -> None:
    """Dispatch so many cases to Li's grid."""
    for number in range(count):
        with hamlet.desk.acting(RESIDENT) as act:
            facts = ReportFacts(at=hamlet.home.code, text=f"{number}号楼道的灯不亮，晚上看不清台阶")
            no = report_case(act, uuid4(), facts).no
        with hamlet.desk.acting(hamlet.actor("wang")) as act:
            for deed in (Deed.ACCEPT, Deed.DISPATCH):
                do_deed(act, Order(deed, no, {}, uid=uuid4()))


def _profile(playwright: Playwright, folder: Path) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=find_chromium(), args=["--no-sandbox"], viewport=_PHONE
    )


def take_along(page: Page, hamlet: Hamlet) -> None:
    """Sign in and wait until everything is kept."""
    page.goto(f"{hamlet.address}/sign-in?next={_TODAY}")
    page.locator("#login").fill("li")
    page.locator("#password").fill(PASSWORD)
    page.locator("form.form button[type=submit]").click()
    page.locator(_TASKS).first.wait_for()
    page.evaluate(_KEPT)


def cold_open_ms(playwright: Playwright, folder: Path, address: str, rate: float) -> float:
    """Start the browser anew, without network, and tell after how long the tasks stand there."""
    context = _profile(playwright, folder)
    context.set_offline(offline=True)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.goto(address + _TODAY)
    page.locator(_TASKS).first.wait_for()
    taken = float(page.evaluate(_DRAWN))
    context.close()
    return taken


def first_visit_bytes(playwright: Playwright, hamlet: Hamlet) -> int:
    """Tell what the first opening of today sends, page, styles and modules, without a worker."""
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
    page = browser.new_context(viewport=_PHONE, service_workers="block").new_page()
    page.goto(f"{hamlet.address}/sign-in")
    page.evaluate(
        """async ([login, password]) => fetch("/api/v1/session", {
          method: "POST", headers: { "content-type": "application/json" },
          body: JSON.stringify({ login, password }) })""",
        ["li", PASSWORD],
    )
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: dict[str, float] = {}
    names: dict[str, str] = {}
    cdp.on(
        "Network.requestWillBeSent", lambda e: names.update({e["requestId"]: e["request"]["url"]})
    )
    cdp.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(hamlet.address + _TODAY, wait_until="networkidle")
    browser.close()
    # The content, a snapshot of up to 500 KB and its photos, has a budget of its own.
    return int(sum(size for key, size in sizes.items() if "/api/" not in names.get(key, "")))


def precache_bytes(address: str) -> int:
    """Tell what the worker keeps, as it is sent."""
    with urllib.request.urlopen(f"{address}/sw.js") as answer:  # noqa: S310 - our own server
        text = answer.read().decode()
    found = re.search(r"const SHELL = (\[.*\]);", text)
    assert found is not None
    total = 0
    for path in json.loads(found[1]):
        asked = urllib.request.Request(address + path, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - likewise
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - likewise
            total += len(answer.read())
    return total


def main() -> None:
    """Measure and print."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--runs", type=int, default=5)
    runs = read.parse_args().runs
    with (
        tempfile.TemporaryDirectory() as kept,
        served_hamlet(Path(kept) / "town", "--api-only") as hamlet,
        sync_playwright() as playwright,
    ):
        give_tasks(hamlet, TASK_COUNT)
        profile = Path(kept) / "profile"
        context = _profile(playwright, profile)
        take_along(context.new_page(), hamlet)
        context.close()
        for rate in (1, THROTTLE):
            taken = [cold_open_ms(playwright, profile, hamlet.address, rate) for _ in range(runs)]
            print(
                f"cold open offline, {rate} × CPU: median {statistics.median(taken):.0f} ms, "
                f"{min(taken):.0f} to {max(taken):.0f} in {runs} runs"
            )
        print(f"first visit: {first_visit_bytes(playwright, hamlet) / 1000:.1f} KB")
        print(f"kept by the worker: {precache_bytes(hamlet.address) / 1000:.1f} KB")


if __name__ == "__main__":
    main()

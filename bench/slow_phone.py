"""A phone on a poor line: Chromium with Lighthouse's "Slow 4G" and a quarter of the speed."""

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, ViewportSize

# Lighthouse's `mobileSlow4G` as its DevTools throttling applies it: 562.5 ms to each answer.
LATENCY_MS: Final = 562.5
DOWN_BYTES_S: Final = 1_474.56 * 1024 / 8
UP_BYTES_S: Final = 675 * 1024 / 8
CPU_RATE: Final = 4
_PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
_WATCH: Final = """
globalThis.seen = { lcp: 0, ready: 0 };
new PerformanceObserver((list) => {
  for (const { startTime } of list.getEntries()) seen.lcp = startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new MutationObserver(() => {
  if (!seen.ready && document.querySelector("[data-ready]")) seen.ready = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
# Nothing but the page itself draws the fields: they can be used from the first paint on.
_TAKEN: Final = """() => ({
  ...seen,
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  parsed: performance.getEntriesByType("navigation")[0].domInteractive,
})"""


@dataclass(frozen=True)
class Opened:
    """How one first opening of a page went.

    Args:
        lcp_ms: Largest contentful paint.
        usable_ms: When its fields and buttons are there and painted.
        ready_ms: When the modules have taken over, or 0 where there are none to wait for.
        early_bytes: What came over the wire until it was usable.
        early_count: In how many answers.
        all_bytes: What came in the end.
        all_count: In how many answers.
    """

    lcp_ms: float
    usable_ms: float
    ready_ms: float
    early_bytes: float
    early_count: int
    all_bytes: float
    all_count: int


def open_first(
    browser: Browser, address: str, *, has_script: bool = True, is_slow: bool = True
) -> Opened:
    """Open a page for the first time, with an empty cache."""
    context = browser.new_context(viewport=_PHONE, java_script_enabled=has_script)
    page = context.new_page()
    if has_script:
        page.add_init_script(_WATCH)
    cdp = context.new_cdp_session(page)
    answers = _watch(cdp)
    if is_slow:
        _slow_down(cdp)
    page.goto(address, wait_until="networkidle")
    taken: dict[str, float] = (
        page.evaluate(_TAKEN)
        if has_script
        else dict.fromkeys(("lcp", "ready", "paint", "parsed"), 0)
    )
    context.close()
    usable = max(taken["paint"], taken["parsed"])
    begun = min(answers.begun.values())
    early = [
        size for key, size in answers.sizes.items()
        if not usable or (answers.ended[key] - begun) * 1000 <= usable
    ]  # fmt: skip
    return Opened(
        taken["lcp"], usable, taken["ready"], sum(early), len(early),
        sum(answers.sizes.values()), len(answers.sizes),
    )  # fmt: skip


class _Answers:
    """What the browser was sent, by request."""

    def __init__(self) -> None:
        self.begun: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        self.sizes: dict[str, float] = {}

    def ask(self, event: dict[str, Any]) -> None:
        """Note a request; what a page holds itself is none."""
        if event["request"]["url"].startswith("http"):
            self.begun.setdefault(event["requestId"], event["timestamp"])

    def end(self, event: dict[str, Any]) -> None:
        """Note that its answer is there."""
        if event["requestId"] in self.begun:
            self.ended[event["requestId"]] = event["timestamp"]
            self.sizes[event["requestId"]] = event["encodedDataLength"]


def _watch(cdp: CDPSession) -> _Answers:
    answers = _Answers()
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    cdp.on("Network.requestWillBeSent", answers.ask)
    cdp.on("Network.loadingFinished", answers.end)
    return answers


def _slow_down(cdp: CDPSession) -> None:
    line = {
        "offline": False, "latency": LATENCY_MS,
        "downloadThroughput": DOWN_BYTES_S, "uploadThroughput": UP_BYTES_S,
    }  # fmt: skip
    cdp.send("Network.emulateNetworkConditions", line)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": CPU_RATE})

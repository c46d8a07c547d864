"""A WebKit, the engine of iPhones, driven by the W3C protocol: Debian's MiniBrowser under Xvfb."""

import json
import os
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.served import free_port

NEEDED: Final = "no WebKit here: apt-get install webkit2gtk-driver xvfb"

# What a page that does not come alive is waiting for.
_STATE: Final = """
  const files = performance.getEntriesByType("resource").map(
    ({ name, responseStatus, responseEnd, transferSize }) =>
      `${name} ${responseStatus} ${transferSize} ${Math.round(responseEnd)}`);
  return JSON.stringify({
    url: location.href, state: document.readyState, at: Math.round(performance.now()),
    kind: performance.getEntriesByType("navigation")[0]?.type,
    controller: navigator.serviceWorker?.controller?.scriptURL,
    started: document.querySelector("form")?.dataset,
    scripts: [...document.scripts].map(({ src }) => src), files, text: document.body.innerText,
  }, null, 1);
"""
_ASKED: Final = """
  const tell = arguments[arguments.length - 1];
  const within = (asked) => Promise.race([
    Promise.resolve().then(asked).catch((error) => `${error}`),
    new Promise((done) => setTimeout(done, 3000, "no answer")),
  ]);
  const opens = (name) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(`${request.error}`);
    request.onblocked = () => done("blocked");
  });
  const reads = (database) => new Promise((done) => {
    const got = database.transaction("facts").objectStore("facts").count();
    got.onsuccess = () => done(`count ${got.result}`);
    got.onerror = () => done(`${got.error}`);
  });
  (async () => {
    const told = {};
    told.locks = await within(() => navigator.locks?.query());
    told.first = await within(() => opens("gridapp"));
    told.read = typeof told.first === "object" && await within(() => reads(told.first));
    told.first = `${told.first}`;
    const base = document.querySelector('script[src*="/field/"]')?.src.replace(/[^/]+$/, "");
    told.ours = await within(async () => {
      const { allRecords } = await import(`${base}box.js`);
      return (await allRecords()).length;
    });
    told.databases = await within(() => indexedDB.databases());
    told.again = await within(() => opens("gridapp"));
    told.readAgain = typeof told.again === "object" && await within(() => reads(told.again));
    told.again = `${told.again}`;
    told.other = `${await within(() => opens("another"))}`;
    tell(JSON.stringify(told));
  })();
"""
_ELEMENT: Final = "element-6066-11e4-a52e-4f735466cecf"
# A line that broke is tried again after up to a minute.
_PATIENCE_S: Final = 120
# Drawn in software, and without the sandbox that a container's root cannot make.
_PLAIN: Final = {
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
}


def find_minibrowser() -> Path | None:
    """Find the browser, when everything that drives it is there too."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        return None
    return next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))), None)


class WebKit:
    """One window; each session starts with an empty memory."""

    def __init__(self, port: int, session: str) -> None:
        self._base = f"http://127.0.0.1:{port}/session/{session}"

    def open(self, address: str) -> None:
        """Go to a page and wait until it is loaded."""
        _ask("POST", f"{self._base}/url", {"url": address})

    def reload(self) -> None:
        """Load the page again."""
        _ask("POST", f"{self._base}/refresh", {})

    def run(self, script: str, *told: Any) -> Any:
        """Run the body of a function in the page."""
        return _ask("POST", f"{self._base}/execute/sync", {"script": script, "args": list(told)})

    def _later(self, script: str) -> Any:
        return _ask("POST", f"{self._base}/execute/async", {"script": script, "args": []})

    def click(self, selector: str) -> None:
        """Tap on what a selector finds first."""
        _ask("POST", f"{self._base}/element/{self._find(selector)}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type into a field; into a file field the path of a file."""
        found = self._find(selector)
        _ask("POST", f"{self._base}/element/{found}/value", {"text": text})

    def until(self, condition: str, *told: Any) -> None:
        """Wait until an expression is true in the page."""
        asked = threading.Event()
        for _ in range(_PATIENCE_S * 20):
            if self.run(f"return Boolean({condition})", *told):
                return
            asked.wait(0.05)
        raise AssertionError(f"{condition} in {self._later(_ASKED)} {self.run(_STATE)}")

    def _find(self, selector: str) -> str:
        self.until("document.querySelector(arguments[0])", selector)
        sought = {"using": "css selector", "value": selector}
        return str(_ask("POST", f"{self._base}/element", sought)[_ELEMENT])


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Start a WebKit on a screen that nobody sees."""
    binary = find_minibrowser()
    assert binary is not None, NEEDED
    with _screen() as display, _driver(display) as port:
        wanted = {"webkitgtk:browserOptions": {"binary": str(binary), "args": ["--automation"]}}
        asked = {"capabilities": {"alwaysMatch": wanted}}
        session = _ask("POST", f"http://127.0.0.1:{port}/session", asked)["sessionId"]
        yield WebKit(port, session)
        _ask("DELETE", f"http://127.0.0.1:{port}/session/{session}")


@contextmanager
def _screen() -> Iterator[str]:
    told, told_in = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(told_in), "-screen", "0", "500x900x24"],
        pass_fds=[told_in],
        stderr=subprocess.DEVNULL,
    )
    os.close(told_in)
    with os.fdopen(told) as number:
        yield f":{number.readline().strip()}"
    screen.terminate()
    screen.wait()


@contextmanager
def _driver(display: str) -> Iterator[int]:
    port = free_port()
    driver = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env=os.environ | _PLAIN | {"DISPLAY": display},
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield port
    finally:
        driver.terminate()
        driver.wait()


def _await(port: int) -> None:
    asked = threading.Event()
    for _ in range(_PATIENCE_S * 20):
        try:
            _ask("GET", f"http://127.0.0.1:{port}/status")
        except OSError:
            asked.wait(0.05)
        else:
            return
    raise RuntimeError("WebKitWebDriver did not start")


def _ask(method: str, address: str, told: dict[str, Any] | None = None) -> Any:
    body = None if told is None else json.dumps(told).encode()
    request = urllib.request.Request(address, body, method=method)  # noqa: S310 - loopback only
    request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - loopback only
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from error

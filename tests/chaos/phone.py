"""A phone: a Chromium of its own with a kept profile, whose tabs and whole self may be killed."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser import find_chromium

_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--remote-debugging-port=0", "--no-first-run",
    "--disable-gpu", "--window-size=390,844", "--lang=zh-CN", "--disable-component-update",
    "--disable-background-networking", "about:blank",
)  # fmt: skip
_START_TRIES = 1200


class Phone:
    """One worker's phone.

    Args:
        playwright: Talks to it.
        folder: Its profile; it outlives every kill.
        address: Where it finds the app.
        login: Who carries it.
    """

    def __init__(self, playwright: Playwright, folder: Path, address: str, login: str) -> None:
        self._playwright = playwright
        self.folder = folder
        self.address = address
        self.login = login
        self.kill_count = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._page: Page | None = None
        self._said: list[str] = []
        folder.mkdir(parents=True)
        self._log = (folder / "browser.log").open("ab")

    @property
    def page(self) -> Page:
        """The tab that is open."""
        assert self._page is not None, "the phone is on"
        return self._page

    def turn_on(self) -> None:
        """Start the browser on the kept profile and open a tab."""
        port_file = self.folder / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        executable = find_chromium()
        assert executable is not None
        self._process = subprocess.Popen(
            [executable, *_ARGUMENTS, f"--user-data-dir={self.folder}"],
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        port = _port_in(port_file)
        browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self._context: BrowserContext = browser.contexts[0]
        self._show(self._context.pages[0])

    def kill(self) -> None:
        """Take the battery out, and put it back in."""
        self.turn_off()
        self.kill_count += 1
        self.turn_on()

    def turn_off(self) -> None:
        """Kill the browser without a word."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        # What a killed Chromium leaves behind would keep the next one from starting.
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.folder / name).unlink(missing_ok=True)

    def end(self) -> None:
        """Put it away."""
        self.turn_off()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_tab(self) -> None:
        """Close the tab in the middle of whatever it did, and open another."""
        fresh = self._context.new_page()
        self.page.close()
        self._show(fresh)

    def _show(self, page: Page) -> None:
        self._page, self._said = page, []
        page.on("console", lambda said: self._said.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self._said.append(f"error: {error}"))
        page.on("requestfailed", lambda asked: self._said.append(f"{asked.url}: {asked.failure}"))

    def state(self, script: str) -> str:
        """Tell what a page is waiting for, and what it has said; a page that is gone says less."""
        try:
            told = str(self.page.evaluate(script))
        except Error as error:
            told = str(error)
        return "\n".join([told, *self._said[-20:]])

    def run(self, script: str, told: Any = None) -> Any:
        """Run a script in the page, with the same modules that the page uses."""
        return self.page.evaluate(script, told)


def _port_in(port_file: Path) -> int:
    asked = threading.Event()
    for _ in range(_START_TRIES):
        if port_file.exists() and (text := port_file.read_text()).count("\n"):
            return int(text.split("\n")[0])
        asked.wait(0.05)
    raise RuntimeError("Chromium did not start")

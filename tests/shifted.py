"""The suite's clock moved to another hour or day: what ``make test-hours`` loads into pytest.

libfaketime moves the clock of this process and of the servers that it starts. A browser does not
start under it, so the pages get the same shift from a script that runs before their own; a service
worker keeps the real clock, by which it only waits before it sends again.
"""

import os
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType

from tests.served import CLOCK_LIBRARY

_SHIFT_S: Final = "GRID_TEST_CLOCK_SHIFT_S"
_SHIFTED_DATE: Final = """(() => {
  const Real = Date, shift = SHIFT_MS;
  class Shifted extends Real {
    constructor(...told) { if (told.length) super(...told); else super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  }
  globalThis.Date = Shifted;
})()"""


def moved(library: str, shift_s: int) -> dict[str, str]:
    """Give the environment of a pytest that lives so many seconds from now."""
    return {
        "LD_PRELOAD": library,
        "FAKETIME": f"{shift_s:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        CLOCK_LIBRARY: library,
        _SHIFT_S: str(shift_s),
    }


def _shift(context: BrowserContext) -> BrowserContext:
    milliseconds = int(os.environ[_SHIFT_S]) * 1000
    context.add_init_script(_SHIFTED_DATE.replace("SHIFT_MS", str(milliseconds)))
    return context


def pytest_configure(config: pytest.Config) -> None:
    """Move every page that is opened, and let no browser start under the library."""
    is_starting_workers = not hasattr(config, "workerinput") and config.getoption("numprocesses")
    if not is_starting_workers:
        os.environ.pop("LD_PRELOAD", None)  # this process has it loaded already
    new_context, persistent = Browser.new_context, BrowserType.launch_persistent_context

    def shifted(browser: Browser, **told: Any) -> BrowserContext:
        return _shift(new_context(browser, **told))

    def shifted_profile(kind: BrowserType, *where: Any, **told: Any) -> BrowserContext:
        return _shift(persistent(kind, *where, **told))

    Browser.new_context = shifted  # type: ignore[method-assign,assignment]
    BrowserType.launch_persistent_context = shifted_profile  # type: ignore[method-assign,assignment]

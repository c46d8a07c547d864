"""A database that never answers what was asked first, as WebKit's does now and then."""

from typing import Any

import pytest
from playwright.sync_api import Page

# The first openings are swallowed; the next are real.
SWALLOW_OPENINGS = """(count) => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...told) {
    return count-- > 0 ? {} : open.apply(this, told);
  };
}"""
# The first transactions of a mode hold their stores and answer nothing, until they are given up.
SWALLOW_WORK = """([swallowed, count]) => {
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, how) {
    const real = begin.call(this, stores, mode, how);
    if (mode !== swallowed || count-- <= 0) return real;
    const [name] = [stores].flat();
    let isHeld = true;
    const hold = () => isHeld && (real.objectStore(name).count().onsuccess = hold);
    hold();
    const silent = () => new Proxy({}, { get: () => () => ({}), set: () => true });
    return { objectStore: silent, abort: () => { isHeld = false; real.abort(); } };
  };
}"""
BEGIN = """([work, about]) => {
  const tell = (found) => { globalThis.told = found ?? "nothing"; };
  import("/field/store.js").then((store) => store[work](about))
    .then(tell, (error) => tell(error.constructor.name));
}"""
TOLD = """() => new Promise((done) => {
  const look = (left) => {
    if (globalThis.told !== undefined || !left) done(globalThis.told ?? null);
    else setTimeout(look, 10, left - 1);
  };
  look(500);
})"""
LONG_MS = 60_000
READ = ("findDraft", "note")
WRITE = ("keepDraft", {"key": "note", "fields": {"text": "积水"}, "photos": {}})


@pytest.fixture
def stopped(page: Page) -> Page:
    """A page whose time goes on only when it is told to."""
    page.evaluate("() => import('/field/store.js').then(() => 1)")
    page.clock.install()
    return page


def outcome(page: Page, work: tuple[str, Any]) -> Any:
    """Begin work, let the page's patience come to its end, and tell what came of it."""
    page.evaluate(BEGIN, [*work])
    page.wait_for_load_state("networkidle")
    page.clock.run_for(LONG_MS)
    page.clock.resume()
    return page.evaluate(TOLD)


@pytest.mark.parametrize("swallowed", [1, 4])
def test_an_opening_that_nobody_answers_is_asked_for_again(stopped: Page, swallowed: int) -> None:
    stopped.evaluate(SWALLOW_OPENINGS, swallowed)
    assert outcome(stopped, READ) == "nothing"


def test_a_read_that_nobody_answers_is_asked_for_again(stopped: Page) -> None:
    stopped.evaluate(SWALLOW_WORK, ["readonly", 1])
    assert outcome(stopped, READ) == "nothing"


def test_a_write_that_nobody_answers_lets_go_of_its_stores_and_is_done_again(
    stopped: Page,
) -> None:
    stopped.evaluate(SWALLOW_WORK, ["readwrite", 1])
    assert outcome(stopped, WRITE) is True


def test_what_waits_is_sent_once_the_memory_answers_again(stopped: Page) -> None:
    """Two tries to sign in are given up, the page says so, and soon after all goes on."""
    stopped.evaluate(SWALLOW_WORK, ["readwrite", 2])
    stopped.evaluate(
        """async () => {
          const { delivery } = await import("/field/delivery.js");
          globalThis.heard = [];
          globalThis.line = delivery(7);
          globalThis.line.addEventListener("change", ({ detail }) => heard.push(detail.happening));
        }"""
    )
    for _ in range(10):
        stopped.clock.run_for(10_000)
        stopped.wait_for_load_state("networkidle")
    stopped.clock.resume()
    is_in = """() => new Promise((done) => {
      const look = (left) =>
        (line.isIn || !left ? done(line.isIn) : setTimeout(look, 10, left - 1));
      look(1500);
    })"""
    assert stopped.evaluate(is_in) is True
    assert stopped.evaluate("heard") == ["broken"]

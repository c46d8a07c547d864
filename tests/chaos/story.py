"""Three workers capture, each on a phone of their own, while everything around them fails.

A note is written in the real form with a real photo; every third capture is one more deed of a
subject that others were captured for before, and every fifth note becomes a case on top of it.
"""

import base64
import io
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Error, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.cast import PASSWORD
from tests.chaos.phone import Phone

SUBJECTS: Final = 2
_PATIENCE_MS: Final = 60_000

_MODULES: Final = """
  const base = document.querySelector('script[src*="/field/"]').src.replace(/[^/]+$/, "");
  const box = await import(base + "box.js");
"""
# Kept by the very function that the form uses, for the same outbox.
KEEP: Final = f"""async ({{ id, deed, subject, lane, facts, photo, person }}) => {{{_MODULES}
  const photos = [];
  if (photo) {{
    const {{ prepare }} = await import(base + "photo.js");
    const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
    photos.push(await prepare(new File([bytes], "photo.jpg", {{ type: "image/jpeg" }})));
    facts.photos = [photos[0].sha];
  }}
  const made_at = new Date().toISOString();
  await box.keepCapture({{
    id, person, kind: "deed", subject: lane, query: "", device: "phone-of-chaos",
    title: deed, words: facts.text ?? "", place: "", form: "", made_at,
    body: {{ deed, subject, facts, done_at: made_at }},
  }}, photos);
  document.querySelector("grid-outbox").delivery.captured();
  return photos[0]?.sha ?? "";
}}"""
LEFT: Final = f"""async () => {{{_MODULES}
  const records = await box.allRecords();
  return records.map(({{ photos, body, ...told }}) => told);
}}"""

# What a page that does not come alive is waiting for; nothing here waits for ever itself.
_STATE: Final = """async () => {
  const within = (asked) => Promise.race([
    Promise.resolve().then(asked).catch((error) => `${error}`),
    new Promise((done) => setTimeout(done, 2000, "no answer")),
  ]);
  const opens = () => new Promise((done) => {
    const request = indexedDB.open("gridapp");
    request.onsuccess = () => { request.result.close(); done("opened"); };
    request.onerror = () => done(`${request.error}`);
    request.onblocked = () => done("blocked");
  });
  const worker = await within(() => navigator.serviceWorker?.getRegistration());
  const stateOf = (one) => one && `${one.state} ${one.scriptURL}`;
  return JSON.stringify({
    url: location.href, title: document.title, scripts: [...document.scripts].map(({ src }) => src),
    database: await within(opens), locks: await within(() => navigator.locks.query()),
    worker: worker && [stateOf(worker.active), stateOf(worker.waiting), stateOf(worker.installing)],
    started: document.querySelector("form[data-form]")?.dataset.started,
    files: performance.getEntriesByType("resource").map(
      ({ name, responseStatus, transferSize }) => `${name} ${responseStatus} ${transferSize}`),
  });
}"""


@dataclass
class Told:
    """What was captured, as the workers remember it.

    Args:
        photos: The hash of its photo by the note's text.
        lanes: The texts of each subject in the order of capture.
        promoted: Ids of the notes that were made cases.
        attempted: Every text that was typed, whether or not the phone said 已保存.
        troubles: Why a page was lost.
        happened: How often what happened.
    """

    photos: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, list[str]] = field(default_factory=dict)
    promoted: list[str] = field(default_factory=list)
    attempted: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)


class Worker:
    """One worker with a phone; every choice is drawn from the seed."""

    def __init__(self, phone: Phone, person: int, place: str, seed: int, told: Told) -> None:
        self.phone = phone
        self.person = person
        self.place = place
        self.told = told
        self._random = Random(f"{seed} {phone.login}")  # noqa: S311 - a seed makes it happen again
        self._count = 0
        self._attempt = 0
        # What a person does when a page does not open: wait a while.
        self.wait: Callable[[], None] = lambda: None
        self.calm: Callable[[], AbstractContextManager[object]] = nullcontext

    def sign_in(self) -> None:
        """Sign in while all is well, until the phone can do without network."""
        self.open("/field/outbox")
        self.phone.run(
            """async () => {
              const names = async () => (await (await caches.open("grid-pages")).keys()).length;
              while ((await names()) < 4) await new Promise((done) => setTimeout(done, 50));
            }"""
        )

    def open(self, path: str) -> None:
        """Open a page; sign in first when the phone asks for it.

        A Chromium that is killed within half a minute of signing in has not yet written its cookie.
        """
        page = self.phone.page
        answer = page.goto(self.phone.address + path, wait_until="domcontentloaded")
        assert answer is None or answer.ok, answer.status
        if "/sign-in" not in page.url:
            return
        self.told.happened["signed in"] += 1
        page.get_by_label("账号").fill(self.phone.login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"**{path}", wait_until="domcontentloaded", timeout=_PATIENCE_MS)

    def capture(self, folder: Path) -> None:
        """Capture one thing; what the phone said to be kept is written down."""
        self._count += 1
        self._mishap()
        self._use_new_version()
        if self._count % 3 == 0:
            self._insist(self._deed)
        else:
            self._insist(lambda: self._note(folder))

    def _insist(self, capture: Callable[[], None]) -> None:
        """Do it again when the page itself died before it had said 已保存."""
        for self._attempt in range(10):
            try:
                with self.calm() if self._attempt > 1 else nullcontext():
                    capture()
            except (Error, AssertionError) as error:
                self.told.happened["page lost"] += 1
                told = f"{error}\n{self.phone.state(_STATE)}"
                self.told.troubles.append(f"{self.phone.login} {self._count}: {told}")
                self.phone.new_tab()
                self.wait()
            else:
                return
        raise AssertionError("\n".join(self.told.troubles[-3:]))

    def _mishap(self) -> None:
        drawn = self._random.random()
        if drawn < 0.08:
            self.told.happened["phone killed"] += 1
            self.phone.kill()
        elif drawn < 0.25:
            self.told.happened["tab closed"] += 1
            self.phone.new_tab()

    def _use_new_version(self) -> None:
        """Tap on the new version when one is offered, as somebody does sooner or later."""
        offer = self.phone.page.locator("grid-version button")
        with suppress(Error):  # a page that has gone meanwhile offers nothing
            if not offer.count():
                return
            with self.phone.page.expect_navigation(timeout=_PATIENCE_MS):
                offer.click(timeout=_PATIENCE_MS)
            self.told.happened["new version used"] += 1

    def _form(self) -> None:
        """Open the form, or begin it anew in place when it stands there with its last result."""
        page = self.phone.page
        again = page.get_by_role("button", name="再来一件")
        if "/field/note" in page.url and again.count() and self._random.random() < 0.6:
            again.click()
            return
        self.open("/field/note")

    def _note(self, folder: Path) -> None:
        text = self._name("随手记")
        page = self.phone.page
        self._form()
        page.locator("[data-ready]").wait_for(state="attached", timeout=_PATIENCE_MS)
        with suppress(PlaywrightTimeoutError):
            page.get_by_role("button", name="清空重填").click(timeout=1)
        page.get_by_label("记点什么").fill(text)
        page.locator("input[type=file]").set_input_files(self._photo(folder, text))
        tile = page.locator(".photo[data-sha]")
        expect(tile).to_have_count(1, timeout=_PATIENCE_MS)
        sha, uid = tile.get_attribute("data-sha"), page.locator("form").get_attribute("data-uid")
        assert sha is not None
        assert uid is not None
        page.get_by_role("button", name="记下").click()
        page.locator("#saved").wait_for(timeout=_PATIENCE_MS)  # 已保存 has been said
        self.told.photos[text] = sha
        if self._count % 5 == 0:
            self._promote(uid)

    def _promote(self, note: str) -> None:
        """Make a case of the note that may still be on the phone: it must come after it."""
        facts = {"at": self.place, "text": ""}
        self._keep("note.promote", note, note, facts, None)
        self.told.promoted.append(note)

    def _deed(self) -> None:
        lane = f"lane {self.phone.login} {self._random.randrange(SUBJECTS)}"
        text = self._name(lane)
        if not self.phone.page.locator("grid-outbox").count():
            self.open("/field/outbox")
        sha = self._keep("note.write", "", lane, {"text": text}, _jpeg(self._random, text))
        self.told.photos[text] = sha
        self.told.lanes.setdefault(lane, []).append(text)

    def _keep(
        self, deed: str, subject: str, lane: str, facts: dict[str, Any], photo: bytes | None
    ) -> str:
        told = {
            "id": str(uuid.UUID(int=self._random.getrandbits(128), version=4)),
            "deed": deed,
            "subject": subject,
            "lane": lane,
            "facts": facts,
            "person": self.person,
            "photo": base64.b64encode(photo).decode() if photo else "",
        }
        return str(self.phone.run(KEEP, told))

    def _name(self, what: str) -> str:
        text = f"{what} {self.phone.login} {self._count:03d}"
        # What was not said to be kept may have been kept all the same: then it is one more.
        text += f" 第{self._attempt + 1}次" if self._attempt else ""
        self.told.attempted.add(text)
        return text

    def _photo(self, folder: Path, text: str) -> Path:
        path = folder / f"{self.phone.login}.jpg"
        path.write_bytes(_jpeg(self._random, text))
        return path

    def left(self) -> list[dict[str, Any]]:
        """Tell what still waits on the phone."""
        found: list[dict[str, Any]] = self.phone.run(LEFT)
        return found


def _jpeg(random: Random, text: str) -> bytes:
    """Draw a photo that no other capture has, as large as a phone's would be once made smaller."""
    small = Image.frombytes("RGB", (64, 48), random.randbytes(64 * 48 * 3))
    out = io.BytesIO()
    small.resize((1200, 900)).save(out, "JPEG", quality=88, comment=text.encode())
    return out.getvalue()

"""What a worker's hands do around the outbox, and what a test reads behind it."""

import io
from random import Random
from typing import Any, Final

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import create_engine, text

from tests.awaited import wait_for
from tests.cast import PASSWORD
from tests.chaos.server import Server
from tests.faults import Line

_MODULES: Final = """
  const base = document.querySelector('script[src*="/field/"]').src.replace(/[^/]+$/, "");
"""
RECORDS: Final = f"""async () => {{{_MODULES}
  return (await import(base + "box.js")).allRecords();
}}"""

KEPT_OF_MINE: Final = f"""async (count) => {{{_MODULES}
  const mine = Number(document.querySelector("grid-outbox").getAttribute("person"));
  const records = await (await import(base + "box.js")).allRecords();
  return records.filter(({{ person }}) => person === mine).length === count;
}}"""
KEPT_FOR_OFFLINE: Final = """async () => {
  const isKept = async (path) => (await caches.open("grid-pages")).match(path);
  for (const path of ["/field/outbox", "/field/note"]) {
    while (!(await isKept(path))) await new Promise((done) => setTimeout(done, 50));
  }
}"""
DRAFTED: Final = f"""async (count) => {{{_MODULES}
  const {{ transact, answer }} = await import(base + "store.js");
  const all = () => transact("drafts", "readonly", ({{ drafts }}) => answer(drafts.getAll()));
  const photos = (draft) => Object.values(draft.photos).flat().length;
  while (!(await all()).some((draft) => photos(draft) === count)) {{
    await new Promise((done) => requestAnimationFrame(done));
  }}
}}"""


def sign_in(page: Page, line: Line, login: str, path: str = "/field/note") -> None:
    page.goto(f"{line.address}/sign-in?next={path}")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{path}")
    if "outbox" not in path:
        ready(page)


def ready(page: Page) -> None:
    """Wait until the modules of the form run and its draft has been looked for."""
    expect(page.locator("form[data-started]")).to_be_visible()


def write(page: Page, words: str) -> None:
    page.get_by_label("记点什么").fill(words)
    page.get_by_role("button", name="记下").click()
    expect(page.locator("#saved")).to_be_visible()


def waiting(page: Page, count: int) -> None:
    """Wait until so many of this person's captures are on the phone, and the page says so."""
    wait_for(page, KEPT_OF_MINE, count)
    expect(page.locator(".outbox-count")).to_have_text(f"待上传 {count}")


def drafted(page: Page, photo_count: int = 0) -> None:
    """Wait until the phone has kept a draft with so many photos."""
    page.evaluate(DRAFTED, photo_count)


def kept_for_offline(page: Page) -> None:
    """Wait until the service worker keeps the forms."""
    page.evaluate(KEPT_FOR_OFFLINE)


def network_returns(page: Page) -> None:
    """Tell the page what a phone tells it, instead of waiting until it tries by itself."""
    page.evaluate("dispatchEvent(new Event('online'))")


def records(page: Page) -> list[dict[str, Any]]:
    """Tell what is kept on the phone."""
    found: list[dict[str, Any]] = page.evaluate(RECORDS)
    return found


def picture(seed: int) -> FilePayload:
    """Draw a photo that no other test has."""
    drawn = Image.frombytes("RGB", (16, 12), Random(seed).randbytes(16 * 12 * 3))  # noqa: S311 - no secret
    out = io.BytesIO()
    drawn.resize((320, 240)).save(out, "JPEG")
    return FilePayload(name=f"{seed}.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def add_photo(page: Page, taken: FilePayload, picker: str = "photos") -> str:
    """Add a photo and give its hash once it is shown."""
    root = page.locator(f"[data-photos={picker}]")
    count = root.locator(".photo[data-sha]").count()
    root.locator("input[type=file]").set_input_files(taken)
    expect(root.locator(".photo[data-sha]")).to_have_count(count + 1)
    return str(root.locator(".photo[data-sha]").nth(count).get_attribute("data-sha"))


def open_outbox(page: Page) -> None:
    """Unfold what waits on the phone."""
    fold = page.locator("details.outbox")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def arrived(server: Server, words: str) -> int:
    """Count the notes with these words that the server has."""
    return len(asked(server, "SELECT id FROM note WHERE text = :words", words=words))


def photos_of(server: Server, words: str) -> set[str]:
    """Give the hashes of a note's photos."""
    rows = asked(
        server,
        """SELECT photo.sha256 AS sha FROM note JOIN note_photo ON note_photo.note_id = note.id
           JOIN photo ON photo.id = note_photo.photo_id WHERE note.text = :words""",
        words=words,
    )
    return {str(row["sha"]) for row in rows}


def asked(server: Server, question: str, **told: str) -> list[dict[str, Any]]:
    """Ask the server's database."""
    engine = create_engine(f"sqlite:///{server.data / 'gridapp.db'}")
    with engine.connect() as connection:
        rows = [row._asdict() for row in connection.execute(text(question), told)]
    engine.dispose()
    return rows

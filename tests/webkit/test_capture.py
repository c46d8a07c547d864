"""The worker's form in WebKit, the engine of iPhones and of WeChat on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import PASSWORD
from tests.chaos.server import Server
from tests.faults import PASS, REFUSED, Line
from tests.journeys.outbox.hands import arrived, asked, photos_of
from tests.served import free_port
from tests.services.photos.drawn_photos import GREEN, RED, a_picture, an_exif, opened, saved
from tests.webkit.driver import NEEDED, WebKit, find_minibrowser, webkit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(find_minibrowser() is None, reason=NEEDED),
]

COUNT = "document.querySelector('.outbox-count')?.textContent === arguments[0]"


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line(free_port()) as line:
        yield line


@pytest.fixture(scope="module")
def server(line: Line, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("town"), line.address, line.server_port) as server:
        yield server


@pytest.fixture
def note(line: Line, server: Server) -> Iterator[WebKit]:
    """The note form on a signed-in iPhone."""
    assert server
    with webkit() as phone:
        phone.open(f"{line.address}/sign-in?next=/field/note")
        phone.type("#login", "li")
        phone.type("#password", PASSWORD)
        phone.click("form button[type=submit]")
        ready(phone)
        yield phone
    line.turn(PASS)


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A photo as a phone held upright stores it: lying on its side."""
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(saved(a_picture().transpose(Image.Transpose.ROTATE_90), exif=an_exif(6)))
    return path


def ready(phone: WebKit) -> None:
    phone.until("document.querySelector('form[data-started]')")


def add_photo(phone: WebKit, path: Path) -> None:
    phone.type("[data-photos=photos] input[type=file]", str(path))
    phone.until("document.querySelector('.photo[data-sha]')")


def write(phone: WebKit, words: str) -> None:
    phone.type("textarea[name=text]", words)
    phone.click(".bottom-bar button[type=submit]")
    phone.until("document.querySelector('#saved')")


def test_a_note_with_a_photo_arrives_upright(note: WebKit, server: Server, taken: Path) -> None:
    add_photo(note, taken)
    write(note, "苹果手机记的")
    note.until("document.querySelector('#saved[data-arrived]')")
    [sha] = photos_of(server, "苹果手机记的")
    upright = opened(stored(server, sha))
    assert upright.size == (320, 240)
    assert near(upright.getpixel((20, 20)), RED)
    assert near(upright.getpixel((300, 20)), GREEN)


def stored(server: Server, sha: str) -> bytes:
    """Read the file that the server made of a photo."""
    [row] = asked(server, "SELECT stored_name FROM photo WHERE sha256 = :sha", sha=sha)
    [path] = (server.data / "files").rglob(f"{row['stored_name']}*")
    return path.read_bytes()


def near(colour: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))


def test_without_network_it_is_kept_and_goes_once_from_another_page(
    note: WebKit, line: Line, server: Server, taken: Path
) -> None:
    add_photo(note, taken)
    line.turn(REFUSED)
    write(note, "苹果手机没网")
    note.until(COUNT, "待上传 1")
    line.turn(PASS)
    note.open(f"{line.address}/field/outbox")
    note.until(COUNT, "待上传 0")
    assert arrived(server, "苹果手机没网") == 1
    assert len(photos_of(server, "苹果手机没网")) == 1


def test_a_draft_with_its_photo_is_there_after_a_reload(note: WebKit, taken: Path) -> None:
    add_photo(note, taken)
    note.type("textarea[name=text]", "苹果手机写到一半")
    note.reload()
    ready(note)
    note.until("document.querySelector('textarea').value === arguments[0]", "苹果手机写到一半")
    note.until("document.querySelector('.photo[data-sha]')")


def test_what_the_server_refuses_is_mended_under_its_own_id(note: WebKit, server: Server) -> None:
    note.run("document.querySelector('textarea').removeAttribute('maxlength')")
    note.run("document.querySelector('textarea').value = '长'.repeat(12000)")
    write(note, "。")
    note.until("document.querySelector('.outbox summary').textContent.includes('需要您处理')")
    note.click("#saved a.button.short")
    # The page left behind has a started form too: the one awaited holds what was refused.
    note.until("!document.querySelector('#saved') && document.querySelector('textarea').value")
    ready(note)
    note.run("document.querySelector('textarea').value = ''")
    write(note, "苹果手机改好了")
    note.until("document.querySelector('#saved[data-arrived]')")
    assert arrived(server, "苹果手机改好了") == 1


def open_form(phone: WebKit, line: Line, name: str, mark: str) -> None:
    phone.open(f"{line.address}/field/{name}")
    phone.until(f"document.querySelector('form[{mark}]')")


def test_a_typed_code_checks_in_without_network_and_once(
    note: WebKit, line: Line, server: Server
) -> None:
    open_form(note, line, "check_in", "data-ready")
    line.turn(REFUSED)
    note.type("#code", server.cast.code1.lower())
    note.until("document.querySelector('#at').value === arguments[0]", server.cast.code1)
    note.click(".bottom-bar button[type=submit]")
    note.until("document.querySelector('#saved h1')?.textContent.startsWith('已签到')")
    note.until(COUNT, "待上传 1")
    line.turn(PASS)
    note.open(f"{line.address}/field/outbox")
    note.until(COUNT, "待上传 0")
    assert [row["via"] for row in asked(server, "SELECT via FROM check_in")] == ["typed"]


def test_what_is_settled_on_the_spot_arrives_with_both_photos(
    note: WebKit, line: Line, server: Server, taken: Path
) -> None:
    open_form(note, line, "settle", "data-started")
    note.run("document.querySelector('#at').selectedIndex = 1")
    other = taken.with_name("IMG_2.jpg")
    other.write_bytes(saved(a_picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    for picker, path in (("before", taken), ("after", other)):
        note.type(f"[data-photos={picker}] input[type=file]", str(path))
        note.until(f"document.querySelector('[data-photos={picker}] .photo[data-sha]')")
    note.type("textarea[name=words]", "苹果手机当场清走了")
    note.click(".bottom-bar button[type=submit]")
    note.until("document.querySelector('#saved[data-arrived]')")
    question = "SELECT kind FROM case_photo ORDER BY id"
    assert [row["kind"] for row in asked(server, question)] == ["before", "after"]

"""The built front end as a browser asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gridapp.guard.static_files import with_frontend

FILES = {
    "index.html": "<h1>home</h1>",
    "desk.html": "<h1>desk</h1>",
    "desk/index.html": "<h1>desk</h1>",
    "404.html": "<h1>shell</h1>",
    "__spa-fallback.html": "<h1>shell</h1>",
    "assets/page-1a2b.js": "let page;",
    "assets/page-1a2b.js.br": "brotli",
    "assets/page-1a2b.js.gz": "gzip",
    "sw.js": "let worker;",
    "manifest.json": "{}",
}


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)

    def page_of(path: str) -> str | None:
        return "/case/[no]" if path.startswith("/case/") else None

    app = with_frontend(tmp_path, page_of)(Starlette())
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/desk", "/desk/", "/sw.js", "/manifest.json"])
def test_what_keeps_its_name_is_asked_for_again(browser: TestClient, address: str) -> None:
    answer = browser.get(address)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_a_hashed_file_is_kept_for_ever(browser: TestClient) -> None:
    answer = browser.head("/assets/page-1a2b.js")

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_page_is_found_without_its_ending_and_without_a_redirect(browser: TestClient) -> None:
    assert browser.get("/desk").text == "<h1>desk</h1>"


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None)],
)
def test_the_smallest_form_the_browser_takes_is_sent(
    browser: TestClient, accepts: str, encoding: str | None
) -> None:
    with browser.stream(
        "GET", "/assets/page-1a2b.js", headers={"accept-encoding": accepts}
    ) as answer:
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["vary"] == "Accept-Encoding"


def test_a_page_with_a_variable_address_is_the_shell(browser: TestClient) -> None:
    answer = browser.get("/case/26112200001")

    assert (answer.status_code, answer.text) == (200, "<h1>shell</h1>")


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/assets/gone-9z.js",
        "/%00",
        "/../pyproject.toml",
        f"/{'长' * 400}",
        "/a%2F..%2Fb",
    ],
)
def test_an_address_that_leads_nowhere_is_a_chinese_404(browser: TestClient, address: str) -> None:
    answer = browser.get(address)

    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


def test_without_a_build_only_events_are_served(tmp_path: Path) -> None:
    app = with_frontend(tmp_path / "absent", lambda _path: None)(Starlette())

    assert TestClient(app).get("/").status_code == 404

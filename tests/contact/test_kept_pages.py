"""A poster scanned by everybody at once is made once, and nobody gets another's cookies."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from gridapp.contact.kept_pages import KeptPages
from gridapp.services.desk import Desk, the_desk, use_desk

Make = Callable[[], Awaitable[Response]]


@pytest.fixture(autouse=True)
def keeping(desk: Desk) -> None:
    settings = desk.settings.model_copy(update={"place_kept_s": 60.0})
    use_desk(Desk(desk.engine, desk.files, settings, desk.clock))


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def maker(made: list[Response], status: int = 200) -> Make:
    async def make() -> Response:
        response = PlainTextResponse("页面" * 500, status)
        response.set_cookie("own", str(len(made)))
        made.append(response)
        await asyncio.sleep(0)
        return response

    return make


def ask(pages: KeptPages, make: Make, count: int = 1, **headers: str) -> list[Response]:
    async def everybody() -> list[Response]:
        asked = (pages.give(request(**headers), "key", make) for _ in range(count))
        return list(await asyncio.gather(*asked))

    return asyncio.run(everybody())


def test_a_hundred_at_once_are_one_page() -> None:
    made: list[Response] = []
    answers = ask(KeptPages(), maker(made), 100)
    assert len(made) == 1
    assert {answer.body for answer in answers} == {made[0].body}
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_it_is_squeezed_for_whoever_can_read_it() -> None:
    pages, made = KeptPages(), list[Response]()
    [plain] = ask(pages, maker(made))
    [squeezed] = ask(pages, maker(made), accept_encoding="gzip")
    assert squeezed.headers["content-encoding"] == "gzip"
    assert len(squeezed.body) < len(plain.body)
    assert int(squeezed.headers["content-length"]) == len(squeezed.body)


def test_a_refusal_is_never_kept() -> None:
    pages, made = KeptPages(), list[Response]()
    for _ in range(2):
        [answer] = ask(pages, maker(made, 404))
        assert answer.status_code == 404
    assert len(made) == 2


def test_what_is_old_is_made_anew() -> None:
    settings = the_desk().settings.model_copy(update={"place_kept_s": 0.0})
    use_desk(Desk(the_desk().engine, the_desk().files, settings))
    pages, made = KeptPages(), list[Response]()
    for _ in range(2):
        ask(pages, maker(made))
    assert len(made) == 2


def test_a_page_that_cannot_be_made_leaves_nobody_waiting() -> None:
    async def fail() -> Response:
        raise RuntimeError

    pages, made = KeptPages(), list[Response]()
    with pytest.raises(RuntimeError):
        ask(pages, fail)
    assert ask(pages, maker(made))[0].status_code == 200

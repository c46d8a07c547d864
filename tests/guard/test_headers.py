"""The headers, and the hashes of the build's inline scripts."""

import asyncio
import base64
import hashlib
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from gridapp.guard.headers import SecurityHeaders, inline_script_hashes
from gridapp.settings import Settings


def _hash_of(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _answer(
    kind: type[Response], *, public_url: str = "https://grid.example", **own: str
) -> httpx.Response:
    async def page(_request: object) -> Response:
        return kind("{}", headers=own)

    app = Starlette(routes=[Route("/", page)])
    settings = Settings(public_url=public_url, _env_file=None)
    return asyncio.run(_get(SecurityHeaders(app, settings=settings)))


async def _get(app: SecurityHeaders, path: str = "/") -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        return await client.get(path)


def _policy_at(path: str, static_dir: Path) -> str:
    async def page(_request: object) -> Response:
        return HTMLResponse("")

    app = Starlette(routes=[Route("/{path:path}", page)])
    headers = SecurityHeaders(app, settings=Settings(_env_file=None), static_dir=static_dir)
    return asyncio.run(_get(headers, path)).headers["content-security-policy"]


def test_each_inline_script_of_a_build_has_its_hash(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.html").write_text("<script>1 < 2</script><script src='x.js'></script>")
    (tmp_path / "sub" / "index.html").write_text('<SCRIPT type="module">\nrun()\n</SCRIPT >')
    assert inline_script_hashes(tmp_path) == {
        "/a": {_hash_of("1 < 2")},
        "/sub": {_hash_of("\nrun()\n")},
    }


def test_a_page_may_run_its_own_inline_scripts_and_no_other_page_s(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<script>home()</script>")
    (tmp_path / "404.html").write_text("<script>lost()</script>")
    home = _policy_at("/", tmp_path)
    elsewhere = _policy_at("/elsewhere", tmp_path)
    assert _hash_of("home()") in home
    assert _hash_of("lost()") not in home
    assert _hash_of("lost()") in elsewhere


def test_a_page_may_run_only_what_we_have_built() -> None:
    policy = _answer(HTMLResponse).headers["content-security-policy"]
    script_rule = next(rule for rule in policy.split("; ") if rule.startswith("script-src "))
    assert script_rule == "script-src 'self'"
    assert "frame-ancestors 'none'" in policy
    assert "wss://grid.example" in policy


@pytest.mark.parametrize("kind", [HTMLResponse, JSONResponse, PlainTextResponse])
def test_every_answer_is_taken_for_what_it_says_it_is(kind: type[Response]) -> None:
    headers = _answer(kind).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["strict-transport-security"] == "max-age=15552000"


def test_an_answer_of_the_api_can_never_act_as_a_page() -> None:
    assert _answer(JSONResponse).headers["content-security-policy"].startswith("default-src 'none'")


def test_an_unencrypted_house_promises_no_encryption() -> None:
    answer = _answer(HTMLResponse, public_url="http://127.0.0.1:3000")
    assert "strict-transport-security" not in answer.headers
    assert "ws://127.0.0.1:3000" in answer.headers["content-security-policy"]


def test_an_answer_that_has_its_own_policy_keeps_it() -> None:
    own = {"content-security-policy": "default-src 'self'"}
    assert _answer(HTMLResponse, **own).headers["content-security-policy"] == "default-src 'self'"

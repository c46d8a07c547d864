"""Somebody with a browser whose script is off: opens pages, fills forms, follows redirects."""

import asyncio
import re
from typing import Any

import httpx
from starlette.types import ASGIApp

ORIGIN = "http://127.0.0.1:3000"
_HIDDEN = re.compile(r'<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"')
_FORM = re.compile(r"<form.*?</form>", re.DOTALL)

Photos = dict[str, list[bytes]]


class Visitor:
    """Talks to the pages as a plain browser would, without a network."""

    def __init__(self, app: ASGIApp) -> None:
        self._runner = asyncio.Runner()
        self._transport = httpx.ASGITransport(app, client=("192.0.2.7", 50000))
        self._http = httpx.AsyncClient(transport=self._transport, base_url=ORIGIN)

    def come_from(self, address: str) -> None:
        """Go on with the same browser from another network."""
        self._transport.client = (address, 50000)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._http.get(path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        headers = {"origin": ORIGIN} | more.pop("headers", {})
        return self._runner.run(self._http.post(path, headers=headers, **more))

    def fill(
        self,
        page: httpx.Response,
        action: str,
        fields: dict[str, str] | None = None,
        photos: Photos | None = None,
    ) -> httpx.Response:
        """Send the form of a page to its action, with all that stands hidden in it."""
        told: dict[str, Any] = hidden_fields(page, action)
        told |= fields or {}
        files = [
            (name, (f"{number}.jpg", body, "image/jpeg"))
            for name, bodies in (photos or {}).items()
            for number, body in enumerate(bodies)
        ]
        return self.post(action, data=told, files=files or [("none", ("", b""))])

    def follow(self, answer: httpx.Response) -> httpx.Response:
        """Go where a redirect leads."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])

    def cookie(self, name: str) -> str:
        """Give a cookie that the pages have set."""
        return self._http.cookies[name]

    def forget_cookies(self) -> None:
        """Be a browser that keeps none."""
        self._http.cookies.clear()

    def close(self) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()


def hidden_fields(page: httpx.Response, action: str) -> dict[str, list[str]]:
    """Give what a page's form sends without being typed: ids, and photos received before."""
    [form] = [form for form in _FORM.findall(page.text) if f'action="{action}"' in form]
    told: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(form):
        told.setdefault(name, []).append(value)
    return told

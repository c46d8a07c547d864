"""A client of the real API: one device, its cookies, and JSON both ways."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp

ORIGIN = "http://127.0.0.1:3000"


class Client:
    """Talks to an ASGI app as a browser on one phone would, without a network."""

    def __init__(self, app: ASGIApp, device: str = "phone-of-zhang") -> None:
        self._runner = asyncio.Runner()
        headers = {"x-grid-device": device} if device else {}
        transport = httpx.ASGITransport(app, client=("192.0.2.7", 50000))
        base = f"{ORIGIN}/api/v1"
        self._http = httpx.AsyncClient(transport=transport, base_url=base, headers=headers)

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._http.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.send("GET", path, **more)

    def put(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.send("PUT", path, **({"json": json} if json is not None else {}), **more)

    def post(self, path: str, json: Any) -> httpx.Response:
        return self.send("POST", path, json=json)

    def cookie(self) -> str:
        return self._http.cookies["grid_session"]

    def close(self) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()

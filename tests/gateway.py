"""A real HTTP server on this machine that stands for a carrier's gateway or a push service."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Came:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """What has come in, and what is answered: ``answers`` one after the other, then 200."""

    url: str
    came: list[Came] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    hold: threading.Event | None = None
    on_request: Callable[[], None] = lambda: None

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")


@contextmanager
def a_gateway() -> Iterator[Gateway]:
    """Serve until the block ends; ``hold`` keeps every answer back until it is set."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            gateway.came.append(Came(self.path, headers, body))
            gateway.on_request()
            if gateway.hold is not None:
                gateway.hold.wait(30)
            status, text = gateway.answers.pop(0) if gateway.answers else (200, "{}")
            try:
                self.send_response(status)
                self.send_header("content-length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway = Gateway(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield gateway
    finally:
        if gateway.hold is not None:
            gateway.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()

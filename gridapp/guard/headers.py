"""Headers that tell the browser what our pages may do: as little as they need."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridapp.settings import Settings

_INLINE_SCRIPT: Final = re.compile(
    rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_SOURCE: Final = re.compile(rb"\ssrc\s*=", re.IGNORECASE)

_ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    # A case's address is its reporter's key: it is never told to another site.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_DOCUMENTS: Final = {
    # By this the service worker knows our pages from a captive portal's.
    "x-grid-page": "1",
    "x-frame-options": "DENY",
    "permissions-policy": (
        "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
}
# What is no page must not turn into one: an answer of the API or a picture opened by itself.
_DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
_DATA_TYPES: Final = ("application/json", "application/problem+json", "image/", "text/csv")
_HALF_A_YEAR_S: Final = 15_552_000


# Answered to addresses that have no document of their own.
_STAND_INS: Final = ("/404", "/__spa-fallback")


def inline_script_hashes(static_dir: Path) -> dict[str, set[str]]:
    """Give, for the address of each HTML document of a build, the hashes of its inline scripts."""
    return {
        _address_of(path.relative_to(static_dir)): set(_hashes(path.read_bytes()))
        for path in static_dir.rglob("*.html")
    }


def _address_of(document: Path) -> str:
    address = f"/{document.with_suffix('').as_posix()}"
    return address.removesuffix("/index") or "/"


def _hashes(document: bytes) -> Iterable[str]:
    for script in _INLINE_SCRIPT.finditer(document):
        if not _SOURCE.search(script["attributes"]):
            digest = hashlib.sha256(script["code"]).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"


def document_policy(public_origin: str, script_hashes: Iterable[str] = ()) -> str:
    """Give the Content-Security-Policy of our pages.

    Args:
        public_origin: Its socket is named as well, because older WebKit does not count sockets
            among ``'self'``.
        script_hashes: Of the document's inline scripts; no other inline script runs.
    """
    socket_origin = public_origin.replace("http", "ws", 1)
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *sorted(script_hashes)]),
            "script-src-attr 'none'",
            # Emotion writes style elements at run time; prerendered pages carry style attributes.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            f"connect-src 'self' {socket_origin}",
            "worker-src 'self'",
            "manifest-src 'self'",
            "media-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
        ]
    )


class SecurityHeaders:
    """Adds the headers to every answer; what the answer says itself stays.

    Args:
        app: What answers.
        settings: For the public address.
        static_dir: The front end's build, read once; None when there is none.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings, static_dir: Path | None = None) -> None:
        self.app = app
        hashes = inline_script_hashes(static_dir) if static_dir else {}
        stand_ins = set().union(*(hashes.get(address, set()) for address in _STAND_INS))
        self._other_policy = document_policy(settings.origin, stand_ins)
        self._policies = {
            address: document_policy(settings.origin, own) for address, own in hashes.items()
        }
        self._always = dict(_ALWAYS)
        if settings.is_https:
            self._always["strict-transport-security"] = f"max-age={_HALF_A_YEAR_S}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with the headers on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._wanted(scope["path"], headers.get("content-type", "")):
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _wanted(self, path: str, content_type: str) -> Iterable[tuple[str, str]]:
        yield from self._always.items()
        if content_type.startswith("text/html"):
            policy = self._policies.get(path.rstrip("/") or "/", self._other_policy)
            yield "content-security-policy", policy
            yield from _DOCUMENTS.items()
        elif content_type.startswith(_DATA_TYPES):
            yield "content-security-policy", _DATA_POLICY


def security_headers(
    settings: Settings, static_dir: Path | None = None
) -> Callable[[ASGIApp], SecurityHeaders]:
    """Give the headers as the outermost entry of ``rx.App(api_transformer=[…])``."""
    return lambda app: SecurityHeaders(app, settings=settings, static_dir=static_dir)

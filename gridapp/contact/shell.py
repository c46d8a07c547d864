"""The shell that opens without network: addresses that never change content, worker, manifest."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gridapp.contact.assets import asset, asset_version, served_files
from gridapp.contact.pages import ASKED_AGAIN, page
from gridapp.contact.who import staff
from gridapp.contact.words import shell as words
from gridapp.frontend.scanner import DETECTOR_PATH, READER_PATH
from gridapp.services.desk import the_desk

WORKER_SOURCE: Final = Path(__file__).with_name("worker.js")
# What a worker opens anywhere: today, what waits, and the forms, empty; kept for the signed-in
# person once they are online.
OFFICE: Final = (
    "/field/today",
    "/field/outbox",
    "/field/note",
    "/field/settle",
    "/field/handle",
    "/field/report",
    "/field/check_in",
    "/field/visit",
    "/field/promote",
)

_SHOWN_ONLINE_ONLY: Final = frozenset(
    {
        "desk.css",
        "elder.css",
        "figures.css",
        "map.css",
        "staff.css",
        "icon-512.png",
        "maskable-512.png",
        "prove.js",
        "push.js",
        "reader.js",
        "shot-settle.png",
        "shot-today.png",
        "speak.js",
    }
)
_ASK_FIRST: Final = {"Cache-Control": "no-cache"}
_ENDED: Final = """\
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
})()));
"""


def show_worker(_request: Request) -> Response:
    """Serve the service worker, or the one that ends it all when the operator wants it gone."""
    settings = the_desk().settings
    text = worker_text() if settings.service_worker else _ENDED
    return Response(text, media_type="text/javascript", headers=_ASK_FIRST)


@cache
def worker_text() -> str:
    """Write the worker of this version: another version is another text, so phones notice."""
    shell = [
        asset(f"/{path}")
        for path in served_files()
        if path.rpartition("/")[2] not in _SHOWN_ONLINE_ONLY
    ]
    lines = [
        f'import * as box from "{asset("/field/box.js")}";',
        f'import {{ nextInMs }} from "{asset("/field/outbox.js")}";',
        f'import {{ Sender }} from "{asset("/field/sender.js")}";',
        "",
        f"const VERSION = {json.dumps(asset_version())};",
        f"const SHELL = {json.dumps(shell)};",
        f"const OFFICE = {json.dumps(OFFICE)};",
        f"const SCANNER_FILES = {json.dumps((DETECTOR_PATH, READER_PATH))};",
        "",
        WORKER_SOURCE.read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def show_outbox(request: Request) -> Response:
    """Show what waits on this phone; this is the page that opens when no other does."""
    actor = staff(request)
    return page("outbox", words, kept=ASKED_AGAIN, person=actor.person_id)


def show_version(_request: Request) -> Response:
    """Tell which version is served."""
    return JSONResponse({"version": asset_version()}, headers=_ASK_FIRST)


def show_manifest(_request: Request) -> Response:
    """Tell phones how to install the field app."""
    icons = [
        {
            "src": asset(f"/icons/{kind}-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for kind, purpose in (("icon", "any"), ("maskable", "maskable"))
        for side in (192, 512)
    ]
    pictures = [
        {
            "src": asset(f"/icons/{name}.png"),
            "sizes": "390x844",
            "type": "image/png",
            "form_factor": "narrow",
            "label": label,
        }
        for name, label in words.PICTURES
    ]
    manifest = {
        "id": "/worker",
        "name": words.NAME,
        "short_name": words.SHORT_NAME,
        "description": words.DESCRIPTION,
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": "/worker",
        "scope": "/",
        "display": "standalone",
        "background_color": words.GROUND,
        "theme_color": words.COLOUR,
        "icons": icons,
        "screenshots": pictures,
        "shortcuts": [{"name": name, "url": url} for name, url in words.SHORTCUTS],
    }
    content = json.dumps(manifest, ensure_ascii=False)
    return Response(content, media_type="application/manifest+json", headers=_ASK_FIRST)

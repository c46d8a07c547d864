"""Renders a page: template and words to HTML, with the headers that keep it private and plain."""

from http import HTTPStatus
from types import ModuleType
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from gridapp.contact.assets import asset, asset_version, inline_source, resident_styles
from gridapp.contact.elder import reader
from gridapp.contact.modules import needed_modules
from gridapp.contact.words import elder as elder_words
from gridapp.contact.words import shared
from gridapp.domain.errors import TooManyError
from gridapp.domain.privacy import spaced_phone
from gridapp.services.desk import the_desk
from gridapp.services.photos.state import takes_heic

NEVER_KEPT: Final = "no-store"
# A form: kept for the way back, so that what was typed is still there, but never shown unasked.
ASKED_AGAIN: Final = "private, no-cache"

# Stricter than the house's own policy: nothing inline but the one sheet of a first page.
_POLICY: Final = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {inline_source(resident_styles())}; "
    "img-src 'self' blob: data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

# The QR decoder is WebAssembly; only the page that scans may compile it.
_SCANNING_POLICY: Final = _POLICY.replace(
    "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
)

_templates = Environment(
    loader=PackageLoader("gridapp.contact"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["spaced_phone"] = spaced_phone
_templates.globals["shared"] = shared
_templates.globals["elder_words"] = elder_words
_templates.globals["resident_styles"] = resident_styles
_templates.globals["asset"] = asset
_templates.globals["takes_heic"] = takes_heic
_templates.globals["public"] = lambda path: the_desk().settings.origin + path
_templates.globals["needed_modules"] = needed_modules


def page(
    template: str,
    words: ModuleType,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    kept: str = NEVER_KEPT,
    is_scanning: bool = False,
    **facts: Any,
) -> HTMLResponse:
    """Render a page.

    Args:
        template: Name of the template, without its ending.
        words: The words of its feature; the template knows them as ``w``.
        status: The answer's status.
        kept: Its ``Cache-Control``.
        is_scanning: Whether the page reads QR codes by the camera.
        facts: What the template shows; everything is escaped.
    """
    html = _templates.get_template(f"{template}.html").render(w=words, whom=reader(), **facts)
    headers = {
        "Cache-Control": kept,
        "Content-Security-Policy": _SCANNING_POLICY if is_scanning else _POLICY,
        # A case's address is its reporter's key: it is never told to another site.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        # By this the service worker knows our pages from a captive portal's.
        "X-Grid-Page": asset_version(),
    }
    return HTMLResponse(html, status, headers)


def refusal_page(status: int, sentence: str) -> HTMLResponse:
    """Say in one sentence what did not go, and show the way back."""
    title = shared.REFUSED_TITLES.get(HTTPStatus(status), shared.REFUSED)
    return page("refused", shared, status=HTTPStatus(status), title=title, sentence=sentence)


def wait_a_while(shown: Response, refusal: TooManyError) -> Response:
    """Answer with a page that asks to come again a little later."""
    shown.status_code = refusal.status
    shown.headers["Retry-After"] = str(refusal.facts.get("retry_after_s", 60))
    return shown

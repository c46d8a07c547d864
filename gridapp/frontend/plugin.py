"""The Reflex plugins: one build fits every address and minute; the QR decoder is part of it."""

import re
from pathlib import Path
from typing import Any

from reflex.constants import Endpoint, Reflex
from reflex.plugins import Plugin

from gridapp.frontend.scanner import PACKAGE, publish_scanner

# Reflex bakes the whole address of the backend into the build; ours is wherever the page is.
_BAKED_ADDRESS = "const endpoint = new URL(url_str);"
_SAME_ORIGIN = (
    "const endpoint = new URL(url_str, "
    'typeof window === "undefined" ? "http://localhost" : window.location.origin);'
)
_KEEP_PORT = re.compile(r'^\s*endpoint\.port = "";.*\n', re.MULTILINE)
# reflex.json holds the time of the last build, so that equal sources gave unequal files.
_STAMPED_VERSION = 'import reflexEnvironment from "$/reflex.json";'
_PLAIN_VERSION = f'const reflexEnvironment = {{ version: "{Reflex.VERSION}" }};'


class TemplateChangedError(RuntimeError):
    """Reflex's template is not the one this plugin was written for: look at it again."""


def one_origin(state_js: str) -> str:
    """Give Reflex's ``state.js`` that talks to the page's own origin and holds no time stamp.

    Raises:
        TemplateChangedError: A line that must change is not there.
    """
    for old, new in ((_BAKED_ADDRESS, _SAME_ORIGIN), (_STAMPED_VERSION, _PLAIN_VERSION)):
        if old not in state_js and new not in state_js:
            raise TemplateChangedError(f"state.js has no line {old!r}")
        state_js = state_js.replace(old, new)
    return _KEEP_PORT.sub("", state_js)


class OneOriginPlugin(Plugin):
    """Serve page, socket and API from one origin that the build need not know."""

    def update_env_json(self, **_context: Any) -> dict[str, Any]:
        """Give every endpoint as a path, without scheme, host and port."""
        return {endpoint.name: f"/{endpoint.value}" for endpoint in Endpoint}

    def pre_compile(self, **context: Any) -> None:
        """Have ``state.js`` changed before Vite reads it."""
        context["add_modify_task"]("utils/state.js", one_origin)


class ScannerPlugin(Plugin):
    """Install the QR decoder with the front end's packages and serve it as files."""

    def get_frontend_development_dependencies(self, **_context: Any) -> list[str]:
        """Ask for the package; as one for development, no page's bundle imports it."""
        return [PACKAGE]

    def post_build(self, **context: Any) -> None:
        """Put the decoder beside the pages."""
        static_dir = Path(context["static_dir"])
        publish_scanner(static_dir.parents[1] / "node_modules", static_dir)

"""The map's own component: its modules go beside Reflex's, its packages into the lock."""

from pathlib import Path
from typing import Any, Final

from reflex.plugins import Plugin

MODULES: Final = Path(__file__).parent / "map"
# As packages for development, no page's bundle imports them; the map's own page does.
_PACKAGES: Final = (
    "maplibre-gl@6.17.0",
    "terra-draw@1.35.0",
    "terra-draw-maplibre-gl-adapter@1.4.1",
)


class MapPlugin(Plugin):
    """Copy the map's modules to where Vite finds them as ``$/utils/map/…``."""

    def get_frontend_development_dependencies(self, **_context: Any) -> list[str]:
        """Ask for the packages."""
        return list(_PACKAGES)

    def pre_compile(self, **context: Any) -> None:
        """Have the modules written before Vite reads them."""
        for module in sorted(MODULES.glob("*.js")):
            context["add_save_task"](_copy, module)


def _copy(module: Path) -> tuple[str, str]:
    return f"utils/map/{module.name}", module.read_text(encoding="utf-8")

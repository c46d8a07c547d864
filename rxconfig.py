"""What Reflex reads about gridapp; switches that are variables are in gridapp.frontend.layout."""

import reflex as rx

from gridapp.frontend.mapping import MapPlugin
from gridapp.frontend.origins import socket_origins
from gridapp.frontend.plugin import OneOriginPlugin, ScannerPlugin
from gridapp.settings import Settings

config = rx.Config(
    app_name="gridapp",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    react_strict_mode=False,
    # Otherwise every page imports whole libraries for components that are made at run time.
    frontend_lazy_bundled_libraries=True,
    frontend_compression_formats=["brotli", "gzip"],
    cors_allowed_origins=socket_origins(Settings().origin),
    plugins=[OneOriginPlugin(), ScannerPlugin(), MapPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)

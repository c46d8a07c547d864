"""The field's shell on Reflex pages: what waits on this phone, the line, a new version.

The elements come from ``assets/field`` and know nothing of Reflex: static attributes only, and
their content is their own. React must neither expect nor remove it, hence the empty inner HTML.
"""

from typing import Any, Final

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

_NOTHING_INSIDE: Final = {"dangerouslySetInnerHTML": {"__html": ""}}

# What makes a page part of the installed app; the manifest itself is served by contact.
INSTALLABLE: Final[list[Any]] = [
    rx.el.link(rel="manifest", href="/manifest.webmanifest"),
    rx.el.meta(name="mobile-web-app-capable", content="yes"),
    rx.el.meta(name="apple-mobile-web-app-capable", content="yes"),
    rx.el.meta(name="apple-mobile-web-app-title", content="社区网格"),
    rx.el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon.png"),
]
THEME_COLOUR: Final = "#1c4f91"


class _Outbox(BaseHTML):  # type: ignore[misc]  # Reflex leaves it untyped
    """What waits on this phone."""

    tag = "grid-outbox"


class _Line(BaseHTML):  # type: ignore[misc]  # likewise
    """Whether there is a network."""

    tag = "grid-line"


class _Version(BaseHTML):  # type: ignore[misc]  # likewise
    """The offer of a new version."""

    tag = "grid-version"


def field_shell(*, is_quiet: bool = False) -> rx.Component:
    """Show what waits on this phone, that the network is gone, and that a new version is there.

    Args:
        is_quiet: On pages where not everybody captures anything: shown only when something waits.
    """
    attributes = {"person": "me"} | ({"quiet": "quiet"} if is_quiet else {})
    return rx.fragment(
        _Outbox.create(custom_attrs={**attributes, **_NOTHING_INSIDE}),
        _Line.create(custom_attrs=_NOTHING_INSIDE),
        _Version.create(custom_attrs={"hidden": True, **_NOTHING_INSIDE}),
    )

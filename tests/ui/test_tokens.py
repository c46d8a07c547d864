"""The look is written from one source, and every word on it can be read."""

from collections.abc import Mapping

import pytest

from gridapp.ui.icon import ASSETS_DIR, icon_svg
from gridapp.ui.tokens import DARK, LIGHT, STYLES_DIR, tokens_css

PAIRS = [
    (ink, ground)
    for ground in ("ground", "sheet", "sunken", "action-soft")
    for ink in ("ink", "ink-2", "action")
] + [
    ("alert", "ground"), ("alert", "sheet"), ("alert", "alert-soft"), ("ink", "alert-soft"),
    ("red", "red-soft"), ("yellow", "yellow-soft"), ("green", "green-soft"),
    ("on-action", "action"), ("on-action", "action-press"), ("on-idle", "idle"), ("action", "idle"),
]  # fmt: skip


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_written_tokens_are_current() -> None:
    assert (STYLES_DIR / "tokens.css").read_text(encoding="utf-8") == tokens_css()


def test_the_written_mark_is_current() -> None:
    assert (ASSETS_DIR / "icon.svg").read_text(encoding="utf-8") == icon_svg()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_ink_can_be_read_on_its_ground(
    theme: Mapping[str, str], ink: str, ground: str
) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "sheet"])
def test_the_edge_of_a_field_is_seen(theme: Mapping[str, str], ground: str) -> None:
    assert contrast(theme["line-strong"], theme[ground]) >= 3


def test_night_changes_every_colour() -> None:
    assert DARK.keys() == LIGHT.keys()

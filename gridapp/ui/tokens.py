"""The look's one source: colours by day and by night, type, space, as custom properties.

``python -m gridapp.ui.tokens`` writes ``assets/styles/tokens.css``; a house test holds the two
against each other, and ``tests/ui`` measures that every pair of ink and ground can be read.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

STYLES_DIR: Final = Path(__file__).resolve().parents[2] / "assets" / "styles"

# Red, yellow and green belong to the three colours of a case alone (三色标记). What went wrong or
# is overdue speaks in plum, so that nobody takes a wrongly typed phone number for a red case.
LIGHT: Final[Mapping[str, str]] = {
    "ground": "#f4f5f7",
    "sheet": "#ffffff",
    "sunken": "#eceff3",
    "ink": "#1a2330",
    "ink-2": "#525d6c",
    "line": "#dfe3e9",
    "line-strong": "#7d8896",
    "action": "#1c4f91",
    "action-press": "#153d72",
    "action-soft": "#e6eef8",
    "on-action": "#ffffff",
    "idle": "#e3e7ed",
    "on-idle": "#5a6472",
    "focus": "#1c4f91",
    "alert": "#8a2459",
    "alert-soft": "#fbeaf3",
    "red": "#b3261e",
    "red-soft": "#fcebe9",
    "yellow": "#7d5200",
    "yellow-soft": "#fcf1d4",
    "green": "#176a3a",
    "green-soft": "#e3f3e9",
    "shade": "rgb(16 24 36 / 50%)",
}
DARK: Final[Mapping[str, str]] = {
    "ground": "#11161d",
    "sheet": "#1a212b",
    "sunken": "#0c1016",
    "ink": "#e8ecf1",
    "ink-2": "#a7b1be",
    "line": "#2c3541",
    "line-strong": "#77828f",
    "action": "#8db8f0",
    "action-press": "#b0cdf6",
    "action-soft": "#1d2e45",
    "on-action": "#0c1b30",
    "idle": "#29323e",
    "on-idle": "#a7b1be",
    "focus": "#8db8f0",
    "alert": "#f2a9d0",
    "alert-soft": "#3b1a2c",
    "red": "#ffaba2",
    "red-soft": "#40191a",
    "yellow": "#f0c860",
    "yellow-soft": "#372a0c",
    "green": "#7ed7a4",
    "green-soft": "#12311f",
    "shade": "rgb(0 0 0 / 62%)",
}

_FONTS: Final = (
    "-apple-system",
    '"PingFang SC"',
    '"HarmonyOS Sans SC"',
    '"MiSans"',
    '"Noto Sans SC"',
    '"Noto Sans CJK SC"',
    '"Microsoft YaHei"',
    "sans-serif",
)
# Lengths of text in rem, so that they follow the reader's own text size up to 200 %.
SIZES: Final[Mapping[str, str]] = {
    "font": ", ".join(_FONTS),
    "text": "1.0625rem",
    "text-small": "0.9375rem",
    "text-fine": "0.8125rem",
    "text-large": "1.25rem",
    "text-title": "1.5rem",
    "text-figure": "1.875rem",
    "space-0": "4px",
    "space-1": "8px",
    "space-2": "12px",
    "space-3": "16px",
    "space-4": "24px",
    "space-5": "32px",
    "space-6": "48px",
    "corner": "8px",
    "corner-large": "12px",
    "touch": "48px",
    "measure": "560px",
    "float": "0 4px 24px rgb(16 24 36 / 18%)",
    "quick": "160ms",
}


def _block(selector: str, tokens: Mapping[str, str], indent: str = "") -> str:
    lines = [f"{indent}  --{name}: {value};" for name, value in tokens.items()]
    return "\n".join([f"{indent}{selector} {{", *lines, f"{indent}}}"])


def tokens_css() -> str:
    """Write the tokens as custom properties; night follows the reader's device."""
    return "\n".join(
        [
            "/* Written by `python -m gridapp.ui.tokens`: change it there. */",
            ":root {\n  color-scheme: light dark;\n}",
            "",
            _block(":root", {**LIGHT, **SIZES}),
            "",
            "@media (prefers-color-scheme: dark) {",
            _block(":root", DARK, indent="  "),
            "}",
            "",
        ]
    )


if __name__ == "__main__":
    (STYLES_DIR / "tokens.css").write_text(tokens_css(), encoding="utf-8")

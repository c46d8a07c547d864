"""Finds a Chromium for the journeys, or gets one: ``python -m tests.browser`` in `make test`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same engine without a window system costs a third less, but has no camera and no messages.
_SHELL = "chromium-headless-shell"
_DEBIAN = ("chromium", "fonts-noto-cjk")
_DEBIAN_WEBKIT = ("webkit2gtk-driver", "xvfb")
_CHINESE_FONT = "Noto Sans CJK SC"


def find_chromium(*, is_whole: bool = False) -> str | None:
    """Give the path of an installed Chromium, or of the one that Playwright has fetched.

    Args:
        is_whole: Whether it must have a camera and notifications too.
    """
    for name in _NAMES if is_whole else (_SHELL, *_NAMES):
        found = shutil.which(name)
        if found:
            return found
    return _playwright_chromium()


def _playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and rarely needed

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _has_chinese_font() -> bool:
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return False
    listed = subprocess.run([fc_list, ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def _may_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(*packages: str, is_needed: bool = True) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=is_needed)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        env=quiet,
        check=is_needed,
        stdout=subprocess.DEVNULL,
    )


def get_ready() -> str:
    """Install what is missing and give the path of Chromium."""
    complete = find_chromium(is_whole=True) and _has_chinese_font()
    if not complete and _may_apt():
        _apt_install(*_DEBIAN)
    if not shutil.which("WebKitWebDriver") and _may_apt():
        # Only the journeys on an iPhone's engine need it; without it they say so.
        _apt_install(*_DEBIAN_WEBKIT, is_needed=False)
    if not shutil.which(_SHELL) and _may_apt():
        _apt_install(_SHELL, is_needed=False)  # without it the whole Chromium does it, slower
    if not find_chromium(is_whole=True):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    found = find_chromium(is_whole=True)
    if found is None:
        sys.exit("没有可用的 Chromium：请安装 chromium，或运行 playwright install chromium。")
    if not _has_chinese_font():
        sys.stderr.write(f"提示：没有中文字体（如 {_CHINESE_FONT}），截图中的汉字会显示为方框。\n")
    return found


if __name__ == "__main__":
    get_ready()

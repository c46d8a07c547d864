"""What each page makes a phone load, measured on the built front end."""

import re
from pathlib import Path

import pytest

from gridapp.frontend.build import ensure_built
from gridapp.frontend.layout import LOCK_DIR

# A page with state and no chart or map: React, the router, the socket and little else.
MOST_SCRIPT_KB = 150
UNWANTED = ("radix", "recharts", "sonner", "plotly", "lucide")
_SCRIPT = re.compile(r'(?:modulepreload" href=|import\s*\(?["\'])"?(/assets/[^"\']+\.js)')


@pytest.fixture(scope="module")
def built() -> Path:
    return ensure_built()


def pages(built: Path) -> dict[str, set[str]]:
    """The scripts that each prerendered page loads before anybody does anything."""
    return {
        page.relative_to(built).as_posix(): set(_SCRIPT.findall(page.read_text(encoding="utf-8")))
        for page in built.rglob("*.html")
    }


def sent_bytes(built: Path, script: str) -> int:
    plain = built / script.lstrip("/")
    small = plain.with_name(f"{plain.name}.br")
    return (small if small.exists() else plain).stat().st_size


def test_every_page_loads_scripts_that_are_there(built: Path) -> None:
    for page, scripts in pages(built).items():
        assert scripts, page
        assert all((built / script.lstrip("/")).is_file() for script in scripts), page


def test_no_page_is_heavier_than_a_phone_should_bear(built: Path) -> None:
    heavy = {
        page: sum(sent_bytes(built, script) for script in scripts)
        for page, scripts in pages(built).items()
    }

    assert {page: size for page, size in heavy.items() if size > MOST_SCRIPT_KB * 1024} == {}


def test_no_page_loads_a_library_of_parts_we_make_ourselves(built: Path) -> None:
    for page, scripts in pages(built).items():
        text = "".join((built / one.lstrip("/")).read_text(encoding="utf-8") for one in scripts)
        assert [word for word in UNWANTED if word in text.lower()] == [], page


def test_npm_is_asked_for_none_of_them_either() -> None:
    wanted = (LOCK_DIR / "package.json").read_text(encoding="utf-8")

    assert [word for word in UNWANTED if word in wanted] == []


def test_the_lock_names_no_mirror() -> None:
    assert '"resolved"' not in (LOCK_DIR / "package-lock.json").read_text(encoding="utf-8")

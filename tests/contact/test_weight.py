"""What the field costs a phone in bytes, gzipped as it is sent: a budget that time cannot blur."""

import gzip
import re
from pathlib import Path

import pytest

from gridapp.contact.assets import ASSETS_DIR, asset_version
from gridapp.contact.shell import worker_text
from tests.contact.conftest import SignedIn

FIRST_VISIT_MOST_BYTES = 100_000
PRECACHE_MOST_BYTES = 1_000_000
# Below this an answer is sent as it is.
SMALL_BYTES = 1_000
_IMPORTED = re.compile(r'(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"')
_KEPT = re.compile(r'"(/v/[^"]+)"')


def sent_bytes(content: bytes) -> int:
    return len(content) if len(content) < SMALL_BYTES else len(gzip.compress(content))


def with_imports(module: Path, found: set[Path]) -> set[Path]:
    """Add a module and all that it imports, now or later."""
    if module not in found:
        found.add(module)
        for name in _IMPORTED.findall(module.read_text(encoding="utf-8")):
            with_imports((module.parent / name).resolve(), found)
    return found


def loaded_by(html: str) -> set[Path]:
    """List the files that a page loads, what its modules import included."""
    prefix = f"/v/{asset_version()}/"
    named = re.findall(rf'(?:href|src)="{prefix}([^"]+)"', html)
    found: set[Path] = set()
    for name in named:
        path = ASSETS_DIR / name
        if path.suffix == ".js":
            with_imports(path, found)
        else:
            found.add(path)
    return found


@pytest.mark.parametrize("page", ["today", "note", "settle", "report", "outbox"])
def test_a_first_visit_is_light(signed_in: SignedIn, page: str) -> None:
    answer = signed_in("li").get(f"/field/{page}")
    files = loaded_by(answer.text)
    assert len(files) > 10, "the page's files were not found"
    total = sent_bytes(answer.content) + sum(sent_bytes(path.read_bytes()) for path in files)
    assert total < FIRST_VISIT_MOST_BYTES


def test_what_the_worker_keeps_is_light() -> None:
    prefix = f"/v/{asset_version()}/"
    names = [one.removeprefix(prefix) for one in _KEPT.findall(worker_text())]
    total = sum(sent_bytes((ASSETS_DIR / name).read_bytes()) for name in set(names))
    assert 0 < total < PRECACHE_MOST_BYTES


def test_nothing_of_the_desk_is_kept() -> None:
    names = " ".join(_KEPT.findall(worker_text()))
    assert not re.search(r"chart|map|desk|figures|leader|admin", names)

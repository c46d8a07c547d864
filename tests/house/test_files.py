"""What every file of the project keeps to: its size, its words, its punctuation."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import ROOT

MOST_LINES = 300
# Written in two halves, so that this file does not hold what it looks for.
FORBIDDEN = tuple(
    first + second
    for first, second in (
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("registry.npm", "js.org"),
        ("npm", "mirror.com"),
        ("pypi.", "org"),
        ("pythonhosted.", "org"),
        ("TO", "DO"),
        ("FIX", "ME"),
    )
)
TEXT = {".py", ".js", ".css", ".md", ".toml", ".html", ".svg", ".json", ".yml", ".sh", ".txt", ""}
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;?!()]|[,;?!()][\u4e00-\u9fff]")


def kept_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix in TEXT]


def written_files() -> list[Path]:
    made = {"uv.lock", "LICENSE", "package-lock.json"}
    return [path for path in kept_files() if path.name not in made]


def strings(source: str) -> Iterator[str]:
    """Every string that may reach a person: no docstring, which is for us."""
    tree = ast.parse(source)
    notes = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def test_there_is_something_to_look_at() -> None:
    assert ROOT / "gridapp" / "gridapp.py" in kept_files()


@pytest.mark.parametrize("path", written_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_names_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [word for word in FORBIDDEN if word in text] == []
    assert path.suffix != ".py" or "versions" in path.parts or text.count("\n") <= MOST_LINES


def test_the_assembly_stays_readable_at_a_glance() -> None:
    assert (ROOT / "gridapp" / "gridapp.py").read_text(encoding="utf-8").count("\n") <= 80


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "gridapp").rglob("*.py")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_chinese_has_its_own_punctuation(path: Path) -> None:
    texts = strings(path.read_text(encoding="utf-8"))
    # A pattern (it has a backslash) is for machines: its brackets are not punctuation.
    found = [text for text in texts if "\\" not in text and HALF_WIDTH.search(text)]

    assert found == []

"""What every file of the project keeps to: its size, its words, its punctuation."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
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
        ("wait_for_", "function"),  # takes a promise for a yes: `tests.awaited` does not
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


def half_width(path: Path) -> list[str]:
    texts = strings(path.read_text(encoding="utf-8"))
    # A backslash makes it a pattern, which no person reads.
    return [text for text in texts if HALF_WIDTH.search(text) and "\\" not in text]


def offenders(paths: list[Path], finds: Callable[[Path], list[str]]) -> dict[str, list[str]]:
    assert len(paths) > 20, "there is nothing to look at"
    found = {path.relative_to(ROOT).as_posix(): finds(path) for path in paths}
    return {name: words for name, words in found.items() if words}


def test_no_file_names_a_machine_or_leaves_an_open_end() -> None:
    def forbidden(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        return [word for word in FORBIDDEN if word in text]

    assert offenders(written_files(), forbidden) == {}


def test_no_module_is_too_long_to_read_at_a_sitting() -> None:
    def too_long(path: Path) -> list[str]:
        count = path.read_text(encoding="utf-8").count("\n")
        return [f"{count} lines"] if count > MOST_LINES else []

    modules = [path for path in written_files() if path.suffix == ".py"]
    # A migration is made by a program and is never read again.
    assert offenders([path for path in modules if "versions" not in path.parts], too_long) == {}


def test_the_assembly_stays_readable_at_a_glance() -> None:
    assert (ROOT / "gridapp" / "gridapp.py").read_text(encoding="utf-8").count("\n") <= 80


def test_chinese_has_its_own_punctuation() -> None:
    assert offenders(sorted((ROOT / "gridapp").rglob("*.py")), half_width) == {}


@pytest.mark.parametrize("text", ["没有找到,或不在", "结果:", "(原定 1 天)后", "好!"])
def test_half_width_punctuation_in_chinese_is_seen(tmp_path: Path, text: str) -> None:
    module = tmp_path / "words.py"
    module.write_text(f'"""文档,不管。"""\n\nWORDS = "{text}"\n', encoding="utf-8")

    assert half_width(module) == [text]

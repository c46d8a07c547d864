"""The next release of the program: the same tree, with something changed in what phones keep."""

import shutil
from pathlib import Path

from tests.served import ROOT

_PARTS = ("gridapp", "alembic", "assets")


def next_release(folder: Path, name: str) -> Path:
    """Copy the program into a folder of its own and change an asset of it."""
    tree = folder / name
    for part in _PARTS:
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    with (tree / "assets" / "field" / "words.js").open("a", encoding="utf-8") as module:
        module.write(f"// {name}\n")
    return tree

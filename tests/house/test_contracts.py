"""Each import contract breaks when somebody breaks it, or it would be no contract."""

import re
import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest

from tests.served import ROOT

LINT_IMPORTS = Path(sysconfig.get_path("scripts")) / "lint-imports"
PLANTED = {
    "Layers: imports point inward only": ("domain/planted.py", "import gridapp.services"),
    "Siblings form no circle": ("services/desk.py", "import gridapp.services.cases.move"),
    "Only services touch tables": ("screens/planted.py", "import gridapp.tables"),
    "Only jobs reach adapters": ("screens/planted.py", "import gridapp.adapters"),
    "The rulebook knows no framework, database or clock": ("domain/planted.py", "import sqlmodel"),
    "Deeds know no screen and no HTTP": ("services/planted.py", "import starlette"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "gridapp", tmp_path / "gridapp", ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(root: Path) -> set[str]:
    done = subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))


def test_every_contract_has_a_planted_breach() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {one["name"] for one in contracts["tool"]["importlinter"]["contracts"]}

    assert names == PLANTED.keys()


def test_the_house_as_it_stands_breaks_none(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_breach_is_seen(copy: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    with (copy / "gridapp" / name).open("a") as file:
        file.write(f"\n{line}\n")

    assert contract in broken_contracts(copy)

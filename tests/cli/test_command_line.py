"""The command line finds each command, and loads no more for it than it needs."""

import subprocess
import sys

import pytest
from typer.main import get_group

from gridapp.cli import COMMANDS, command_line

_HEAVY = ("gridapp.demo", "gridapp.printing", "shapely", "numpy", "openpyxl", "reflex")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_found_by_its_name(command: str) -> None:
    assert command in names_of([command])


def test_without_a_command_all_are_shown() -> None:
    assert set(names_of(["--help"])) == set(COMMANDS)


def names_of(words: list[str]) -> list[str]:
    return list(get_group(command_line(words)).commands)


def test_a_server_keeps_nothing_of_the_other_commands_in_memory() -> None:
    told = f"""
import sys
from gridapp.cli import command_line
command_line(["serve"])
print([name for name in {_HEAVY} if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"

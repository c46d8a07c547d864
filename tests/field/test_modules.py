"""Runs the field modules' own tests under node, so that one command runs everything."""

import subprocess
from pathlib import Path

import pytest

from gridapp.frontend.node import NODE_BIN

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_the_modules_pass_their_own_tests(name: str) -> None:
    done = subprocess.run(
        [NODE_BIN / "node", "--test", "--test-reporter=tap", HERE / name],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr

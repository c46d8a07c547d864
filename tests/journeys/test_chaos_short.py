"""Thirty captures by three workers while network, server, tabs and phones die: each once."""

from pathlib import Path

import pytest

from tests.chaos.run import run_chaos


@pytest.mark.journey
def test_whatever_dies_every_capture_arrives_exactly_once(tmp_path: Path) -> None:
    run = run_chaos(tmp_path, count=30, seed=20261122)

    assert run.verdict.is_right, run.verdict.sentence()
    assert run.verdict.captured_count == 30
    # It would prove nothing if nothing had gone wrong.
    assert sum(run.happened.values()) > 10, run.happened
    assert run.happened["new release"] == 1, run.happened

"""``gridapp serve --api-only``: the API without a front end, and without the weight of one."""

import subprocess
import sys
from pathlib import Path

import httpx2

from gridapp.cli.serve import API_ALONE
from tests.served import ROOT, served


def test_the_api_answers_alone(tmp_path: Path) -> None:
    with served(tmp_path, "--api-only") as address:
        health = httpx2.get(f"{address}/api/v1/health")

    assert health.json()["status"] == "ok"


def test_the_api_alone_carries_no_front_end() -> None:
    module = API_ALONE.partition(":")[0]
    lines = f"import sys, {module}; sys.exit('reflex' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, check=False)

    assert done.returncode == 0

"""``gridapp serve --api-only``: the API without a front end, and without the weight of one."""

import asyncio
import subprocess
import sys
from pathlib import Path

import httpx
import httpx2
import pytest
from starlette.applications import Starlette

from gridapp.cli.serve import API_ALONE
from gridapp.doors import with_contact
from gridapp.services.desk import Desk
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


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_what_is_not_there_is_no_fault(desk: Desk) -> None:
    assert desk
    pages = with_contact()(Starlette())
    transport = httpx.ASGITransport(pages, raise_app_exceptions=False)

    async def statuses() -> list[int]:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [(await client.get(path)).status_code for path in ("/v/x/nothing", "/nothing")]

    assert asyncio.run(statuses()) == [404, 404]

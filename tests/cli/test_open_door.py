"""A real server under many connections that say nothing, and a second one on its port."""

import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.served import ROOT, served

# As many as granian would hold by default, and some more.
_SILENT_COUNT = 1_100


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process open so many connections, where the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, _SILENT_COUNT + 400)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"the system lets a process open {hard} files only")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("door"), "--api-only") as address:
        yield address


def test_more_than_a_thousand_silent_connections_do_not_stop_the_server(address: str) -> None:
    there = (urlsplit(address).hostname, urlsplit(address).port)
    with many_files(), ExitStack() as stack:
        for _ in range(_SILENT_COUNT):
            stack.enter_context(socket.create_connection(there))
        # Sooner than the silent ones are closed by their own deadline.
        assert httpx2.get(f"{address}/api/v1/health", timeout=10).status_code == 200


def test_a_second_server_on_the_same_port_is_refused(address: str, tmp_path: Path) -> None:
    port = str(urlsplit(address).port)
    second = subprocess.run(
        [sys.executable, "-m", "gridapp", "serve", "--api-only", "--port", port],
        cwd=ROOT,
        env={"GRID_DATA_DIR": str(tmp_path / "town"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert f"端口 {port} 已被占用" in second.stderr
    assert "Traceback" not in second.stderr
    assert not (tmp_path / "town" / "gridapp.db").exists()

"""A port for a server that will be started, or started again, is none of those the system gives."""

import re
from itertools import islice
from pathlib import Path

from tests.served import ROOT, free_port

ASKS_THE_SYSTEM = re.compile(r"\.bind\(\(.*, 0\)\)")
# Whoever listens at once and keeps listening may ask; so may the test of the question itself.
MAY_ASK = {"tests/cli/test_listening.py", "tests/house/test_ports.py"}


def test_no_test_asks_the_system_for_a_port_to_start_a_server_on() -> None:
    asking = {
        str(path.relative_to(ROOT))
        for path in Path(ROOT / "tests").rglob("*.py")
        if ASKS_THE_SYSTEM.search(path.read_text(encoding="utf-8"))
    }
    assert asking <= MAY_ASK


def test_a_port_is_given_once_and_is_no_near_end_of_a_connection() -> None:
    given = list(islice(iter(free_port, None), 20))
    first_of_the_system = 32_768
    assert len(set(given)) == len(given)
    assert max(given) < first_of_the_system

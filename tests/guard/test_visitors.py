"""The visitor's own address: what a trusted proxy appended, never what the visitor wrote."""

import asyncio

import pytest
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from gridapp.guard.visitors import address_of, knowing_visitors, visitor_of
from gridapp.settings import Settings

PROXIES = Settings(trusted_proxies="127.0.0.1, 10.0.0.0/8 fd00::/8", _env_file=None).proxy_networks


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("198.51.100.7", ["203.0.113.9"], "198.51.100.7"),  # no proxy of ours
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["192.0.2.1, 203.0.113.9"], "203.0.113.9"),  # the left one is made up
        ("127.0.0.1", ["192.0.2.1", "203.0.113.9"], "203.0.113.9"),  # in two headers
        ("127.0.0.1", ["192.0.2.1, 203.0.113.9, 10.3.2.1"], "203.0.113.9"),  # two proxies
        ("127.0.0.1", ["10.0.0.4, 10.3.2.1"], "10.0.0.4"),  # from within
        ("127.0.0.1", ["203.0.113.9, nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.9, nonsense, 10.0.0.4"], "10.0.0.4"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.9:4711"], "203.0.113.9"),
        ("127.0.0.1", ["[2001:db8::9]:4711"], "2001:db8::9"),
        ("fd00::1", ["2001:db8::9"], "2001:db8::9"),
        ("::ffff:127.0.0.1", ["203.0.113.9"], "203.0.113.9"),  # a server that listens on ::
        ("not an address", ["203.0.113.9"], "not an address"),
    ],
)
def test_the_rightmost_address_that_is_no_proxy_counts(
    peer: str, forwarded: list[str], visitor: str
) -> None:
    assert visitor_of(peer, forwarded, PROXIES) == visitor


def asked(settings: Settings, *forwarded: str) -> str:
    """Give the address that a limit behind the wrapper counts by."""
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(address_of(HTTPConnection(scope)))

    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    scope: Scope = {"type": "websocket", "headers": headers, "client": ("127.0.0.1", 5)}
    asyncio.run(knowing_visitors(settings)(app)(scope, None, None))  # type: ignore[arg-type]
    return seen[0]


def test_without_trusted_proxies_a_header_changes_nothing_and_the_log_says_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert asked(Settings(_env_file=None), "203.0.113.9") == "127.0.0.1"
    assert "GRID_TRUSTED_PROXIES" in caplog.text


def test_a_limit_counts_by_the_visitor_and_a_whole_home_of_ipv6() -> None:
    trusting = Settings(trusted_proxies="127.0.0.1", _env_file=None)
    assert asked(trusting, "203.0.113.9") == "203.0.113.9"
    homes = {asked(trusting, f"2001:db8:0:7::{number:x}") for number in range(3)}
    assert homes == {"2001:db8:0:7::"}

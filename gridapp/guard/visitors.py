"""Where a visitor comes from, behind proxies too: the one address that every limit counts by.

A proxy appends the address it sees to ``X-Forwarded-For``; whatever stands further left, the
visitor may have written. So the list is read from the right, for as long as a proxy that we trust
stands there, and the first other address is the visitor's.
"""

import logging
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from gridapp.settings import Network, Settings

Address = IPv4Address | IPv6Address

logger = logging.getLogger(__name__)

_HOPS_MAX_COUNT: Final = 20
# What one household or phone is given of IPv6; within it, addresses change at will.
_IPV6_HOME_BITS: Final = 64


def knowing_visitors(settings: Settings) -> Callable[[ASGIApp], ASGIApp]:
    """Put the visitor's own address into ``scope["client"]``, in front of everything else."""
    proxies = settings.proxy_networks
    has_warned = False

    def wrap(app: ASGIApp) -> ASGIApp:
        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal has_warned
            if scope["type"] in {"http", "websocket"} and scope.get("client"):
                peer, port = scope["client"]
                forwarded = Headers(scope=scope).getlist("x-forwarded-for")
                if forwarded and not proxies and not has_warned:
                    has_warned = True
                    logger.warning(
                        "a proxy stands in front, so all visitors count as one: "
                        "set GRID_TRUSTED_PROXIES to its address"
                    )
                visitor = visitor_of(peer, forwarded, proxies)
                scope = {**scope, "client": (visitor, port if visitor == peer else 0)}
            await app(scope, receive, send)

        return served

    return wrap


def visitor_of(peer: str, forwarded: list[str], proxies: tuple[Network, ...]) -> str:
    """Give the visitor's address: the rightmost one that is no proxy of ours.

    Args:
        peer: Who holds the connection.
        forwarded: The values of every ``X-Forwarded-For`` header, in their order.
        proxies: Whose word counts.
    """
    hop = _read(peer)
    if hop is None or not _is_ours(hop, proxies):
        return peer if hop is None else str(hop)
    hops = ",".join(forwarded).split(",")[-_HOPS_MAX_COUNT:]
    for told in reversed(hops):
        before = _read(told)
        if before is None:
            break
        hop = before
        if not _is_ours(hop, proxies):
            break
    return str(hop)


def address_of(request: HTTPConnection) -> str:
    """Give what a limit counts a visitor by; of IPv6 the part that a household is given."""
    told = request.client.host if request.client else ""
    address = _read(told)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_HOME_BITS), strict=False).network_address)
    return str(address) if address else told


def _read(told: str) -> Address | None:
    """Read an address, with a port or in brackets as some proxies write it."""
    plain = told.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ip_address(plain)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_ours(address: Address, proxies: tuple[Network, ...]) -> bool:
    return any(address in network for network in proxies)

"""Which pages may open the socket: those of the public address, and nothing else."""

from urllib.parse import urlsplit

_LOOPBACK = ("127.0.0.1", "localhost")


def socket_origins(public_origin: str) -> tuple[str, ...]:
    """Give the exact origins; on one's own machine its two names mean the same."""
    parts = urlsplit(public_origin)
    if parts.hostname not in _LOOPBACK:
        return (public_origin,)
    port = f":{parts.port}" if parts.port else ""
    return tuple(f"{parts.scheme}://{name}{port}" for name in _LOOPBACK)

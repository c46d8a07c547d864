"""From which pages a socket may be opened."""

from urllib.parse import urlsplit


def admits_origin(origin: str, host: str, public_origin: str) -> bool:
    """Tell whether a socket opened by a page of ``origin`` is one of ours.

    It is when the page came from the public address, or from the very host that the socket was
    opened to (a phone in the same network that uses the machine's number, a tunnel, a test). The
    second is safe: a browser gives our cookie only to our host, and writes ``Host`` and ``Origin``
    itself, so a foreign page has a foreign origin. No origin, ``null`` and an unencrypted page of
    an encrypted house are refused.

    Args:
        origin: The ``Origin`` header, such as ``https://grid.example.cn``.
        host: The ``Host`` header, with the port where it has one.
        public_origin: Scheme, host and port of ``GRID_PUBLIC_URL``.
    """
    if origin == public_origin:
        return True
    try:
        page = urlsplit(origin)
    except ValueError:
        return False
    if page.scheme not in {"http", "https"} or f"{page.scheme}://{page.netloc}" != origin:
        return False
    if public_origin.startswith("https:") and page.scheme != "https":
        return False
    return bool(host) and page.netloc.lower() == host.lower()

"""What the printed codes hold: the public address, written so that the code stays coarse."""

from typing import Final
from urllib.parse import urlsplit

from gridapp.services.desk import Act
from gridapp.services.prints.refusals import PublicUrlNeededError
from gridapp.services.town import is_demo
from gridapp.settings import Settings

_OWN_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1", "0.0.0.0"})  # noqa: S104 - compared with, never bound to


def is_own_address(settings: Settings) -> bool:
    """Tell whether the public address is this machine's own, which no phone can open."""
    return urlsplit(settings.public_url).hostname in _OWN_MACHINE


def demand_public_url(act: Act, settings: Settings) -> None:
    """Let pass only an address that a phone can open; a demo may print what only it can read.

    Raises:
        PublicUrlNeededError: It is this machine's own.
    """
    if is_own_address(settings) and not is_demo(act):
        raise PublicUrlNeededError


def place_url(settings: Settings, code: str) -> str:
    """Give what a building's code holds.

    Capitals alone are written in fewer modules, and this address is read in either case. An address
    below a path of its own keeps its case: what stands before ours may tell the two apart.
    """
    url = f"{settings.public_url}/q/{code}"
    has_path = urlsplit(settings.public_url).path not in {"", "/"}
    return url if has_path or not settings.qr_capitals else url.upper()


def report_url(settings: Settings) -> str:
    """Give what the code on a board or badge holds: the report, where a place can be chosen."""
    return f"{settings.public_url}/report"

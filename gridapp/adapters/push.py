"""Notices to browsers by web push, or by nobody."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from gridapp.adapters.carrier import (
    AddressGoneError,
    RefusedError,
    UnreachableError,
    judge_status,
)
from gridapp.adapters.push_cipher import authorization, encrypt
from gridapp.services.messages.keys import push_key
from gridapp.services.messages.subscriptions import SubscriptionView, is_push_service
from gridapp.settings import Settings

_KEPT_FOR: Final = timedelta(days=2)
# Shorter than a gateway's: where push services cannot be reached, each notice finds that out.
_TIMEOUT_S: Final = 5.0
_GONE: Final = frozenset({404, 410})

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """What a browser shows, and the page that a tap on it opens."""

    title: str
    body: str
    url: str


class Push(Protocol):
    """Whoever carries notices to browsers."""

    def send(self, to: SubscriptionView, notice: Notice, key: UUID) -> None:
        """Hand one notice over.

        Raises:
            AddressGoneError: The browser does not want any more, or is no more.
            UnreachableError: Nobody answers.
            CarrierError: It was not taken now.
        """


class NullPush:
    """Carries nothing: for a network from which no push service can be reached."""

    def send(self, to: SubscriptionView, notice: Notice, key: UUID) -> None:
        """Log that a notice would have gone out, and to which service."""
        service = urlsplit(to.endpoint).hostname
        logger.info(
            "no push: notice %s, %d characters by %s, stays here",
            key, len(notice.body), service,
        )  # fmt: skip


class WebPush:
    """Encrypts each notice for its browser and posts it to the browser's own push service.

    Args:
        signing: The house's key.
        subject: Whom a push service may ask.
        services: Host names that are push services; a subscription names its own, and this
            server posts to no other host that a stranger makes up.
        clock: The moment, for the signature.
    """

    def __init__(
        self,
        signing: ec.EllipticCurvePrivateKey,
        subject: str,
        services: tuple[str, ...],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._signing, self._subject, self._services = signing, subject, services
        self._clock = clock

    def send(self, to: SubscriptionView, notice: Notice, key: UUID) -> None:
        """Hand one notice over; the browser shows one of the same key once."""
        if not is_push_service(to.endpoint, self._services):
            raise AddressGoneError("not a push service")
        content = {"title": notice.title, "body": notice.body, "url": notice.url, "key": str(key)}
        try:
            sealed = encrypt(json.dumps(content).encode(), to.p256dh, to.auth)
        except ValueError as error:
            raise AddressGoneError("keys that are none") from error
        self._judge(self._post(to.endpoint, sealed, key))

    def _post(self, endpoint: str, sealed: bytes, key: UUID) -> int:
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        headers = {
            "authorization": authorization(self._signing, origin, self._subject, self._clock()),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(int(_KEPT_FOR.total_seconds())),
            "urgency": "normal",
            # One that waits for the phone is replaced by itself when it is sent again.
            "topic": key.hex,
        }
        try:
            answer = httpx.post(
                endpoint, content=sealed, headers=headers, timeout=_TIMEOUT_S,
                follow_redirects=False,
            )  # fmt: skip
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreachableError(type(error).__name__) from error
        return answer.status_code

    def _judge(self, status: int) -> None:
        if status in _GONE:
            raise AddressGoneError(f"HTTP {status}")
        try:
            judge_status(status)
        except RefusedError:
            # 400, 401, 403, 413: our own fault, which the operator should see.
            logger.error("a push service refuses our notices: HTTP %d", status)  # noqa: TRY400 - the status says it
            raise


def push_carrier(settings: Settings) -> Push:
    """Give the carrier that the settings allow, or the one that only logs."""
    if not settings.push_hosts:
        return NullPush()
    return WebPush(
        push_key(settings.data_dir), settings.push_contact or settings.public_url,
        settings.push_hosts,
    )  # fmt: skip

"""Short messages to phones."""

import logging
from typing import Protocol

from gridapp.domain.privacy import mask_phone

logger = logging.getLogger(__name__)


class SmsError(Exception):
    """The other side did not take the message; it may later."""


class Sms(Protocol):
    """Whoever carries short messages."""

    def send(self, phone: str, body: str) -> None:
        """Hand one message over.

        Raises:
            SmsError: It was not taken.
        """


class NullSms:
    """Carries nothing: for a street that has not signed a contract with a carrier yet."""

    def send(self, phone: str, body: str) -> None:
        """Log that a message would have gone out; never to whom in full, nor what it says."""
        logger.info("no carrier: %d characters for %s stay here", len(body), mask_phone(phone))

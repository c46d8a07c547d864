"""Short messages to phones: by a carrier's HTTP gateway, or by nobody."""

import json
import logging
from typing import Any, Protocol
from uuid import UUID

import httpx

from gridapp.adapters.carrier import TIMEOUT_S, RefusedError, UnreachableError, judge_status
from gridapp.domain.privacy import mask_phone
from gridapp.settings import Settings

logger = logging.getLogger(__name__)


class Sms(Protocol):
    """Whoever carries short messages."""

    def send(self, phone: str, body: str, key: UUID) -> None:
        """Hand one message over; the same key again is the same message.

        Raises:
            UnreachableError: Nobody answers.
            RefusedError: It will never be taken.
            CarrierError: It was not taken now.
        """


class NullSms:
    """Carries nothing: for a street that has not signed a contract with a carrier yet."""

    def send(self, phone: str, body: str, key: UUID) -> None:
        """Log that a message would have gone out; never to whom in full, nor what it says."""
        logger.info(
            "no carrier: message %s, %d characters for %s, stays here",
            key, len(body), mask_phone(phone),
        )  # fmt: skip


class HttpSms:
    """Posts each message as JSON to a gateway; which fields it wants is a setting.

    Args:
        url: The gateway's address.
        token: Sent as ``Authorization: Bearer``, when there is one.
        template: A JSON object whose texts may hold ``{phone}``, ``{text}`` and ``{key}``.
        accepted: ``field=value`` of the JSON answer that means taken; empty is any 2xx.
        timeout_s: How long an answer may take.
    """

    def __init__(
        self, url: str, token: str, template: str, accepted: str, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._url = url
        self._headers = {"authorization": f"Bearer {token}"} if token else {}
        self._template: dict[str, Any] = json.loads(template)
        self._field, _, self._value = accepted.partition("=")
        self._timeout_s = timeout_s

    def send(self, phone: str, body: str, key: UUID) -> None:
        """Hand one message over, under a key by which a good gateway knows it again."""
        facts = {"{phone}": phone, "{text}": body, "{key}": str(key)}
        headers = self._headers | {"idempotency-key": str(key)}
        try:
            answer = httpx.post(
                self._url, json=_filled(self._template, facts), headers=headers,
                timeout=self._timeout_s, follow_redirects=False,
            )  # fmt: skip
        except httpx.HTTPError as error:
            # The kind only: its text may name the address asked, with what stands in it.
            raise UnreachableError(type(error).__name__) from error
        judge_status(answer.status_code)
        self._judge(answer)

    def _judge(self, answer: httpx.Response) -> None:
        """Read the answer of a gateway that says 200 to everything."""
        if not self._field:
            return
        try:
            body = answer.json()
        except ValueError as error:
            raise UnreachableError("the answer is no JSON") from error
        said = body.get(self._field) if isinstance(body, dict) else None
        if str(said) != self._value:
            raise RefusedError(f"{self._field}={str(said)[:40]}")


def _filled(template: Any, facts: dict[str, str]) -> Any:
    """Fill a template's texts; a value is never read as a part of the template."""
    if isinstance(template, dict):
        return {name: _filled(part, facts) for name, part in template.items()}
    if isinstance(template, list):
        return [_filled(part, facts) for part in template]
    if not isinstance(template, str):
        return template
    return _fill_text(template, facts)


def _fill_text(text: str, facts: dict[str, str]) -> str:
    for blank, value in facts.items():
        before, found, after = text.partition(blank)
        if found:
            return _fill_text(before, facts) + value + _fill_text(after, facts)
    return text


def sms_carrier(settings: Settings) -> Sms:
    """Give the carrier that the settings name, or the one that only logs."""
    if not settings.sms_url:
        return NullSms()
    return HttpSms(
        settings.sms_url, settings.sms_token, settings.sms_template, settings.sms_accepted,
        settings.sms_timeout_s,
    )  # fmt: skip

"""Browsers that want to be told of a case: who they are, how one joins and leaves."""

from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import Field
from sqlalchemy import delete, select
from sqlmodel import col

from gridapp.domain.errors import FactsError, OtherContentError
from gridapp.domain.vocabulary import Deed
from gridapp.services.case_access import open_tracked
from gridapp.services.desk import Act
from gridapp.services.orders import Facts
from gridapp.tables import Case, PushSubscription

# A reporter has a phone and perhaps a tablet; the oldest gives way.
_CASE_MAX_COUNT: Final = 3
_AUTH_BYTES: Final = 16
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class SubscriptionView:
    """Where a browser's notices go, and the keys for which they are encrypted."""

    endpoint: str
    p256dh: str
    auth: str


class SubscribeFacts(Facts):
    """What a browser gives of its subscription."""

    endpoint: Annotated[str, Field(min_length=10, max_length=1_000)]
    p256dh: Annotated[str, Field(max_length=100)]
    auth: Annotated[str, Field(max_length=32)]


class MessageFacts(Facts):
    """Whether the reporter wants short messages."""

    sms: bool


def is_push_service(endpoint: str, services: Iterable[str]) -> bool:
    """Tell whether an address is that of a known push service.

    Else anybody could make this server post to any machine it can reach.

    Args:
        endpoint: The address.
        services: Hosts; one that begins with a dot stands for all below it, one with a port for
            plain HTTP on this machine, as tests need it.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    host = parts.hostname or ""
    if host in _LOOPBACK:
        return parts.scheme == "http" and f"{host}:{port}" in services
    is_plain = parts.scheme == "https" and port in {None, 443}
    return is_plain and any(
        host == name or (name.startswith(".") and host.endswith(name)) for name in services
    )


def subscribe(
    act: Act, uid: UUID, facts: SubscribeFacts, services: Iterable[str]
) -> tuple[dict[str, Any], bool]:
    """Let a browser be told of the case whose token the actor holds; gives the receipt and if new.

    Raises:
        NotThereError: No case has this token.
        FactsError: The address is no push service's, or the keys are none.
        OtherContentError: The id was used for another browser.
    """
    row = open_tracked(act, Deed.CHOOSE_MESSAGES).row
    if not is_push_service(facts.endpoint, services) or not _are_keys(facts):
        raise FactsError("这部手机的通知服务无法使用。")
    known = _find(act, uid)
    if known is not None:
        if known.case_id != row.id or known.endpoint != facts.endpoint:
            raise OtherContentError
        return {"receipt": str(uid)}, False
    assert row.id is not None
    _make_room(act, row, facts.endpoint)
    act.session.add(
        PushSubscription(
            uid=uid, case_id=row.id, endpoint=facts.endpoint, p256dh=facts.p256dh,
            auth=facts.auth, made_at=act.now,
        )
    )  # fmt: skip
    act.session.flush()
    return {"receipt": str(uid)}, True


def unsubscribe(act: Act, uid: UUID) -> dict[str, Any]:
    """Let a browser be told no more; one that is not there any more is as good.

    Raises:
        NotThereError: No case has the actor's token.
    """
    row = open_tracked(act, Deed.CHOOSE_MESSAGES).row
    _drop(act, col(PushSubscription.uid) == uid, col(PushSubscription.case_id) == row.id)
    return {"receipt": str(uid)}


def forget_subscription(act: Act, uid: UUID) -> None:
    """Forget a browser whose push service says that it is gone."""
    _drop(act, col(PushSubscription.uid) == uid)


def find_subscription(act: Act, uid: UUID) -> SubscriptionView | None:
    """Give where a browser's notices go, or None when it has left."""
    row = _find(act, uid)
    return SubscriptionView(row.endpoint, row.p256dh, row.auth) if row else None


def choose_messages(act: Act, facts: MessageFacts) -> bool:
    """Let the reporter say whether short messages are wanted; gives what holds now.

    Raises:
        NotThereError: No case has this token.
    """
    row = open_tracked(act, Deed.CHOOSE_MESSAGES).row
    # Not a move of the case: its version stays, so that nobody at work is refused for it.
    row.is_quiet = not facts.sms
    act.session.add(row)
    act.session.flush()
    return facts.sms


def _are_keys(facts: SubscribeFacts) -> bool:
    try:
        auth, point = _read(facts.auth), _read(facts.p256dh)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, Base64Error):
        return False
    return len(auth) == _AUTH_BYTES


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def _find(act: Act, uid: UUID) -> PushSubscription | None:
    found: PushSubscription | None = act.session.execute(
        select(PushSubscription).where(col(PushSubscription.uid) == uid)
    ).scalar_one_or_none()
    return found


def _make_room(act: Act, row: Case, endpoint: str) -> None:
    """Let the same browser's earlier subscription go, and the oldest of too many."""
    of_case = col(PushSubscription.case_id) == row.id
    _drop(act, of_case, col(PushSubscription.endpoint) == endpoint)
    newest = (
        select(col(PushSubscription.id))
        .where(of_case)
        .order_by(col(PushSubscription.id).desc())
        .limit(_CASE_MAX_COUNT - 1)
    )
    kept = list(act.session.execute(newest).scalars())
    _drop(act, of_case, col(PushSubscription.id).not_in(kept))


def _drop(act: Act, *where: Any) -> None:
    act.session.execute(
        delete(PushSubscription).where(*where).execution_options(synchronize_session=False)
    )

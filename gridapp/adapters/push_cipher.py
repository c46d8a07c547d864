"""Encrypts a notice for one browser and signs who sends it, by hand on ``cryptography``.

Sources: RFC 8291 (message encryption for web push), RFC 8188 (aes128gcm), RFC 8292 (VAPID). A
library for it would bring two HTTP clients along; these are sixty lines, held to the example of
RFC 8291 and to a decoder that we did not write.
"""

import json
import os
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gridapp.services.messages.keys import base64url, public_key_of

_RECORD_BYTES: Final = 4096
_SALT_BYTES: Final = 16
_LAST_RECORD: Final = b"\x02"
# Push services refuse more than a day.
_SIGNED_FOR: Final = timedelta(hours=12)


def encrypt(
    content: bytes,
    p256dh: str,
    auth: str,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Encrypt for the browser that holds the keys; ``own`` and ``salt`` are given by a test only.

    Raises:
        ValueError: The browser's keys are none.
    """
    own = own or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(_SALT_BYTES)
    theirs = from_base64url(p256dh)
    mine = _point_of(own)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    shared = own.exchange(ec.ECDH(), public)
    secret = _derive(shared, from_base64url(auth), b"WebPush: info\0" + theirs + mine, 32)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD_BYTES.to_bytes(4, "big") + bytes([len(mine)]) + mine
    return head + AESGCM(key).encrypt(nonce, content + _LAST_RECORD, None)


def authorization(
    key: ec.EllipticCurvePrivateKey, audience: str, subject: str, now: datetime
) -> str:
    """Sign for one push service that it is this house which sends.

    Args:
        key: The house's key.
        audience: The push service's origin.
        subject: Whom it may ask when something is wrong: a ``mailto:`` or an https address.
        now: The moment.
    """
    claims = {"aud": audience, "exp": int((now + _SIGNED_FOR).timestamp()), "sub": subject}
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    said = ".".join(base64url(json.dumps(part).encode()) for part in parts)
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    signature = base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={said}.{signature}, k={public_key_of(key)}"


def from_base64url(text: str) -> bytes:
    """Read what browsers write without padding.

    Raises:
        ValueError: It is something else.
    """
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)

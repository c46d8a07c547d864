"""The key by which push services know this house (VAPID): made once, kept in the data directory."""

import os
from base64 import urlsafe_b64encode
from pathlib import Path
from secrets import token_hex
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_NAME: Final = "vapid.key"


def push_key(data_dir: Path) -> ec.EllipticCurvePrivateKey:
    """Read the key, or make it on first use; of several workers that make one, one wins."""
    path = data_dir / _NAME
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _make(path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{_NAME}.{token_hex(4)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    # A link appears whole or not at all, and never over another one.
    try:
        path.hardlink_to(own)
    except FileExistsError:
        pass
    finally:
        own.unlink()


def public_key_of(key: ec.EllipticCurvePrivateKey) -> str:
    """Give the public half as browsers want it: an uncompressed point in base64url."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64url(point)


def base64url(content: bytes) -> str:
    """Write bytes without padding, as every part of web push is written."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")

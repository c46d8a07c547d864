"""A notice is read by its browser alone, is signed by the house, and goes to push services only."""

import json
import stat
import threading
from base64 import urlsafe_b64decode
from pathlib import Path
from uuid import UUID

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gridapp.adapters.carrier import AddressGoneError, CarrierError, RefusedError, UnreachableError
from gridapp.adapters.push import Notice, NullPush, WebPush, push_carrier
from gridapp.adapters.push_cipher import encrypt, from_base64url
from gridapp.services.messages.keys import base64url, public_key_of, push_key
from gridapp.services.messages.subscriptions import SubscriptionView, is_push_service
from gridapp.settings import Settings
from tests.clock import NOON
from tests.gateway import Gateway, a_gateway

KEY = UUID("7c6b4f0e-0c1d-4c3e-8a53-1d8a3f6b7a11")
NOTICE = Notice("您上报的事有进展", "已办结：灯修好了", "/c/token")
HOUSE = ec.generate_private_key(ec.SECP256R1())
BROWSER = ec.generate_private_key(ec.SECP256R1())
AUTH = bytes(range(16))


def subscription(endpoint: str) -> SubscriptionView:
    return SubscriptionView(endpoint, public_key_of(BROWSER), base64url(AUTH))


def carrier(gateway: Gateway) -> WebPush:
    services = (gateway.host,)
    return WebPush(HOUSE, "mailto:grid@example.cn", services, clock=lambda: NOON)


def test_the_browser_reads_what_was_sent_by_a_decoder_that_is_not_ours() -> None:
    with a_gateway() as gateway:
        carrier(gateway).send(subscription(f"{gateway.url}/push/abc"), NOTICE, KEY)
    [came] = gateway.came
    told = http_ece.decrypt(came.body, private_key=BROWSER, auth_secret=AUTH, version="aes128gcm")
    assert json.loads(told) == {
        "title": NOTICE.title, "body": NOTICE.body, "url": NOTICE.url, "key": str(KEY),
    }  # fmt: skip
    assert "灯修好了".encode() not in came.body
    assert (came.headers["content-encoding"], came.headers["ttl"]) == ("aes128gcm", "172800")
    assert came.headers["topic"] == KEY.hex


def test_the_push_service_can_tell_that_it_is_the_house() -> None:
    with a_gateway() as gateway:
        carrier(gateway).send(subscription(f"{gateway.url}/push/abc"), NOTICE, KEY)
    token, _, key = gateway.came[0].headers["authorization"].partition(", k=")
    head, claims, signature = token.removeprefix("vapid t=").split(".")
    raw = from_base64url(signature)
    der = encode_dss_signature(*(int.from_bytes(half, "big") for half in (raw[:32], raw[32:])))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said = json.loads(from_base64url(claims))
    assert (said["aud"], said["sub"]) == (gateway.url, "mailto:grid@example.cn")
    assert 0 < said["exp"] - NOON.timestamp() <= 86_400


def test_the_example_of_rfc_8291_comes_out_to_the_byte() -> None:
    def private(text: str) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(from_base64url(text), "big"), ec.SECP256R1())

    receiver = private("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
    point = receiver.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    sealed = encrypt(
        b"When I grow up, I want to be a watermelon",
        base64url(point),
        "BTBZMqHH6r4Tts7J_aSIgg",
        own=private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=urlsafe_b64decode("DGv6ra1nlYgDCS1FRnbzlw=="),
    )
    assert base64url(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAm"
        "S6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj"
        "_Qulcy4a-fN"
    )


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, AddressGoneError), (410, AddressGoneError), (400, RefusedError), (429, CarrierError),
     (500, CarrierError)],
)  # fmt: skip
def test_a_browser_that_is_gone_is_told_from_a_service_that_is_busy(
    status: int, error: type[Exception]
) -> None:
    with a_gateway() as gateway:
        gateway.answers.append((status, ""))
        with pytest.raises(error) as refusal:
            carrier(gateway).send(subscription(f"{gateway.url}/p"), NOTICE, KEY)
    assert isinstance(refusal.value, AddressGoneError) == (status in {404, 410})


def test_a_service_that_is_away_is_unreachable() -> None:
    with a_gateway() as gateway:
        away = carrier(gateway)
        endpoint = f"{gateway.url}/p"
    with pytest.raises(UnreachableError):
        away.send(subscription(endpoint), NOTICE, KEY)


SERVICES = ("fcm.googleapis.com", ".notify.windows.com", "127.0.0.1:9000")


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://wns2.notify.windows.com/w/?token=x", True),
        ("https://fcm.googleapis.com:443/x", True),
        ("http://127.0.0.1:9000/push", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://evil.example/fcm.googleapis.com", False),
        ("https://fcm.googleapis.com.evil.example/", False),
        ("https://evilnotify.windows.com/", False),
        ("https://fcm.googleapis.com@127.0.0.1/", False),
        ("https://u:p@fcm.googleapis.com/", False),
        ("http://127.0.0.1:5432/", False),
        ("https://127.0.0.1:9000/", False),
        ("http://169.254.169.254/latest/meta-data", False),
        ("https://[::1]:9000/", False),
        ("file:///etc/passwd", False),
        ("https://fcm.googleapis.com:99999/", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_a_stranger_cannot_make_the_house_call_another_machine(endpoint: str, is_one: bool) -> None:
    assert is_push_service(endpoint, SERVICES) is is_one


def test_what_is_no_push_service_is_not_called_even_from_an_old_row() -> None:
    with a_gateway() as gateway:
        stranger = WebPush(HOUSE, "mailto:a@b.cn", ("fcm.googleapis.com",))
        with pytest.raises(AddressGoneError):
            stranger.send(subscription(f"{gateway.url}/p"), NOTICE, KEY)
    assert gateway.came == []


def test_the_key_is_made_once_by_whoever_comes_first_and_readable_by_nobody_else(
    tmp_path: Path,
) -> None:
    made: list[str] = []
    ready = threading.Barrier(6)

    def worker() -> None:
        ready.wait()
        made.append(public_key_of(push_key(tmp_path)))

    workers = [threading.Thread(target=worker) for _ in range(6)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert (len(made), len(set(made))) == (6, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["vapid.key"]
    assert stat.S_IMODE((tmp_path / "vapid.key").stat().st_mode) == 0o600


def test_a_street_that_wants_none_has_none(tmp_path: Path) -> None:
    nothing = Settings(data_dir=tmp_path, push_services="", _env_file=None)
    assert isinstance(push_carrier(nothing), NullPush)
    assert isinstance(push_carrier(Settings(data_dir=tmp_path, _env_file=None)), WebPush)

"""The gateway gets each message as its settings say, and what it answers decides."""

import json
import threading
from typing import Any
from uuid import UUID

import pytest

from gridapp.adapters.carrier import CarrierError, RefusedError, UnreachableError
from gridapp.adapters.sms import HttpSms, NullSms, sms_carrier
from gridapp.settings import Settings
from tests.gateway import a_gateway

KEY = UUID("7c6b4f0e-0c1d-4c3e-8a53-1d8a3f6b7a11")
PHONE = "13812345678"
PLAIN = '{"phone": "{phone}", "text": "{text}", "key": "{key}"}'


def test_a_message_goes_out_as_json_with_its_key_and_token() -> None:
    with a_gateway() as gateway:
        HttpSms(f"{gateway.url}/send", "s3cret", PLAIN, "").send(PHONE, "已收到。", KEY)
    [came] = gateway.came
    assert came.json() == {"phone": PHONE, "text": "已收到。", "key": str(KEY)}
    assert came.headers["idempotency-key"] == str(KEY)
    assert (came.path, came.headers["authorization"]) == ("/send", "Bearer s3cret")


def test_a_gateway_has_its_own_fields_and_words_are_no_template() -> None:
    template = json.dumps({"to": ["+86{phone}"], "params": {"c": "{text}"}, "n": 3})
    with a_gateway() as gateway:
        HttpSms(gateway.url, "", template, "").send(PHONE, "写 {phone} {key} 的人", KEY)
    assert gateway.came[0].json() == {
        "to": [f"+86{PHONE}"], "params": {"c": "写 {phone} {key} 的人"}, "n": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, RefusedError), (403, RefusedError), (302, CarrierError), (429, CarrierError),
     (500, CarrierError), (503, CarrierError)],
)  # fmt: skip
def test_only_2xx_is_taken_and_only_4xx_is_final(status: int, error: type[Exception]) -> None:
    with a_gateway() as gateway:
        gateway.answers.append((status, ""))
        with pytest.raises(error) as refusal:
            HttpSms(gateway.url, "", PLAIN, "").send(PHONE, "已收到。", KEY)
    assert isinstance(refusal.value, RefusedError) == (error is RefusedError)


@pytest.mark.parametrize(
    ("answer", "error"),
    [('{"code": 0}', None), ('{"code": "0"}', None), ('{"code": 7}', RefusedError),
     ("[]", RefusedError), ("<html>portal", UnreachableError)],
)  # fmt: skip
def test_a_gateway_that_says_200_to_everything_is_read(
    answer: str, error: type[Exception] | None
) -> None:
    with a_gateway() as gateway:
        gateway.answers.append((200, answer))
        carrier = HttpSms(gateway.url, "", PLAIN, "code=0")
        if error is None:
            carrier.send(PHONE, "已收到。", KEY)
            return
        with pytest.raises(error):
            carrier.send(PHONE, "已收到。", KEY)


def test_a_gateway_that_hangs_or_is_away_is_unreachable_and_its_address_stays_untold() -> None:
    with a_gateway() as gateway:
        gateway.hold = threading.Event()
        with pytest.raises(UnreachableError, match=r"^ReadTimeout$"):
            HttpSms(gateway.url, "", PLAIN, "", timeout_s=0.2).send(PHONE, "已收到。", KEY)
        url = gateway.url
    with pytest.raises(UnreachableError, match=r"^ConnectError$"):
        HttpSms(url, "", PLAIN, "").send(PHONE, "已收到。", KEY)


def test_without_a_gateway_nobody_carries() -> None:
    assert isinstance(sms_carrier(Settings(_env_file=None)), NullSms)


@pytest.mark.parametrize(
    "told",
    [{"sms_url": "http://gateway.example/send"}, {"sms_url": "gateway"},
     {"sms_template": "[]"}, {"sms_template": '{"to": "{phone}"}'},
     {"sms_template": "{phone}{text}"}],
)  # fmt: skip
def test_a_wrong_setting_stops_the_start(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="请写"):
        Settings(_env_file=None, **told)

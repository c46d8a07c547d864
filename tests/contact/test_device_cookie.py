"""Who gets the device cookie: whoever reported or signed in, once, and nobody for a mere look."""

import pytest

from gridapp.guard.device_cookie import KNOWN_DEVICE_COOKIE
from gridapp.services.desk import Desk
from gridapp.services.devices import Device, knows_person, read_device
from tests.cast import PASSWORD, Cast
from tests.contact.visitor import Visitor


def device_in(visitor: Visitor, desk: Desk) -> Device:
    device = read_device(desk.settings.secret_key, visitor.cookie(KNOWN_DEVICE_COOKIE))
    assert device is not None
    return device


def test_a_report_and_a_sign_in_make_one_device_known(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    with pytest.raises(KeyError):
        zhang.cookie(KNOWN_DEVICE_COOKIE)
    sent = zhang.fill(form, "/report", {"text": "路灯不亮"})
    first = device_in(zhang, desk)
    told = sent.headers.get_list("set-cookie")
    [manners] = [one.lower() for one in told if KNOWN_DEVICE_COOKIE in one]
    zhang.post("/sign-in", data={"login": "li", "password": PASSWORD})
    second = device_in(zhang, desk)
    assert "httponly" in manners
    assert "samesite=lax" in manners
    assert (first.has_reported, first.has_signed_in) == (True, False)
    assert (second.id, second.has_reported) == (first.id, True)
    assert knows_person(desk.settings.secret_key, second, cast.li)

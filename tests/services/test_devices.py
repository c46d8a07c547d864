"""The device cookie: what the house signed is known again, whatever else is a stranger's."""

import pytest

from gridapp.services.devices import (
    after_report,
    after_sign_in,
    device_id,
    knows_person,
    read_device,
    write_device,
)

SECRET = "the secret of a house, long enough"


def test_a_device_that_has_reported_keeps_its_id() -> None:
    first = after_report(None)
    again = after_report(read_device(SECRET, write_device(SECRET, first)))
    assert again == first
    assert device_id(SECRET, write_device(SECRET, first)) == first.id
    assert after_report(None).id != first.id


def test_a_device_knows_the_people_who_signed_in_on_it_and_nobody_else() -> None:
    device = after_sign_in(SECRET, after_report(None), 7)
    kept = read_device(SECRET, write_device(SECRET, after_sign_in(SECRET, device, 8)))
    assert kept is not None
    assert kept.has_reported
    assert [knows_person(SECRET, kept, one) for one in (7, 8, 9)] == [True, True, False]
    assert not knows_person(SECRET, None, 7)


def test_a_shared_device_knows_the_latest_and_its_cookie_stays_readable() -> None:
    device = None
    for person_id in range(20):
        device = after_sign_in(SECRET, device, person_id)
    kept = read_device(SECRET, write_device(SECRET, device)) if device else None
    assert [one for one in range(20) if knows_person(SECRET, kept, one)] == list(range(12, 20))


def test_two_devices_of_one_person_do_not_tell_so() -> None:
    one, other = (after_sign_in(SECRET, None, 7) for _ in range(2))
    assert not set(one.people) & set(other.people)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: None,
        lambda _: "",
        lambda cookie: cookie[:-1],
        lambda cookie: cookie.replace("~-~", "~r~"),
        lambda cookie: cookie[:2] + "0" * 32 + cookie[34:],
        lambda cookie: cookie[:-32] + "0" * 32,
        lambda cookie: cookie + "\n",
    ],
)
def test_what_the_house_has_not_signed_is_a_strangers(spoil: object) -> None:
    cookie = write_device(SECRET, after_sign_in(SECRET, None, 7))
    assert callable(spoil)
    assert device_id(SECRET, spoil(cookie)) == ""
    assert device_id("another secret that is long enough", cookie) == ""

"""With little left on the disk photos and files wait, kindly; what is there and words go on."""

from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest

from gridapp.api.app import api_app
from gridapp.domain.errors import StorageFullError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk, use_desk
from gridapp.services.diskwatch import disk_words
from gridapp.services.file_store import FileStore
from tests.api.client import Client
from tests.api.conftest import draw_photo, sha256
from tests.cast import Cast
from tests.makers import do

pytestmark = pytest.mark.parametrize("town", ["sqlite"], indirect=True)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """The desk on a disk that has less left than is to be spared."""
    found = replace(desk, files=FileStore(desk.files.root, spare_bytes=1 << 60))
    use_desk(found)
    return found


def test_a_photo_waits_and_the_report_goes_without_it(full: Desk, cast: Cast) -> None:
    assert full
    phone, photo = Client(api_app(), "a-phone"), draw_photo("lamp")
    waits = phone.put(f"/photos/{sha256(photo)}?at={cast.code1}", content=photo)
    assert (waits.status_code, waits.json()["code"]) == (503, "storage.full")
    assert (waits.headers["retry-after"], "先不带照片" in waits.json()["detail"]) == ("600", True)
    sent = phone.put(f"/reports/{uuid4()}", {"at": cast.code1, "text": "路灯不亮"})
    assert sent.status_code == 201
    phone.close()


def test_a_photo_that_is_there_is_received_again(desk: Desk, cast: Cast) -> None:
    phone, photo = Client(api_app(), "a-phone"), draw_photo("lamp")
    path = f"/photos/{sha256(photo)}?at={cast.code1}"
    assert phone.put(path, content=photo).status_code == 201
    use_desk(replace(desk, files=FileStore(desk.files.root, spare_bytes=1 << 60)))
    assert phone.put(path, content=photo).status_code == 200
    phone.close()


def test_prints_and_exports_wait_too_and_nothing_is_written_down(full: Desk, cast: Cast) -> None:
    with pytest.raises(StorageFullError):
        do(full, cast.actor("admin"), Deed.EXPORT, kind="areas")


def test_those_who_manage_and_the_machine_that_watches_are_told(own_desk: Desk) -> None:
    full = replace(own_desk, files=FileStore(own_desk.files.root, spare_bytes=1 << 60))
    use_desk(full)
    with closing(Client(api_app(), "monitor")) as client:
        health = client.get("/health").json()
    assert (health["status"], health["disk_low"]) == ("ok", True)
    for desk, told in ((full, True), (own_desk, False)):
        with desk.looking(RESIDENT) as act:
            assert ("磁盘只剩" in disk_words(act)) is told

"""The same story by REST alone: from a resident's photo to a rating, and back once more."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.client import Client
from tests.api.conftest import SignIn, draw_photo, sha256
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


def report(client: Client, code: str, photo: bytes) -> dict[str, Any]:
    sha = sha256(photo)
    assert client.put(f"/photos/{sha}?at={code}", content=photo).status_code == 201
    facts = {"at": code, "text": "三号楼门口的路灯不亮", "category": "lamp", "photos": [sha]}
    said = client.put(f"/reports/{uuid4()}", facts | {"phone": "13800138000"})
    assert said.status_code == 201, said.text
    return dict(said.json())


def do(client: Client, deed: str, no: str, **facts: Any) -> dict[str, Any]:
    uid = str(uuid4())
    version = client.get(f"/cases/by-no/{no}").json()["card"]["version"] if no else None
    order = {"deed": deed, "subject": no, "facts": facts, "version": version}
    said = client.put(f"/deeds/{uid}", order | {"done_at": "2026-06-10T12:00:00+08:00"})
    assert said.status_code == 201, said.text
    assert said.json()["receipt"] == uid
    return dict(said.json())


def upload(client: Client, photo: bytes) -> str:
    assert client.put(f"/photos/{sha256(photo)}", content=photo).status_code == 201
    return sha256(photo)


def play_to_closing(sign_in: SignIn, no: str) -> None:
    wang, dept = sign_in("wang"), sign_in("dept")
    do(wang, "case.accept", no)
    do(wang, "case.dispatch", no, unit="szs")
    do(dept, "case.take", no)
    after = upload(dept, draw_photo(f"repaired {no}"))
    do(dept, "case.handle", no, outcome="solved", words="已更换灯泡", after=[after])
    do(sign_in("zhao"), "case.verify", no)
    assert do(wang, "case.close", no)["status"] == "closed"


def test_a_report_is_handled_rated_and_reopened(
    sign_in: SignIn, zhang: Client, cast: Cast, jpeg: bytes
) -> None:
    told = report(zhang, cast.code1, jpeg)
    play_to_closing(sign_in, told["no"])
    seen = zhang.get(f"/cases/{told['track']}").json()
    assert (seen["status"], seen["reply"]) == ("closed", "已更换灯泡")
    assert [photo["kind"] for photo in seen["photos"]] == ["report", "after"]
    rating = {"satisfaction": "dissatisfied", "solved": False, "words": "晚上又灭了"}
    assert zhang.put(f"/cases/{told['track']}/rating", rating).status_code == 201
    again = zhang.put(f"/cases/{told['track']}/reopening/{uuid4()}", {"words": "又不亮了"})
    assert (again.status_code, again.json()["status"]) == (201, "reported")


def test_a_worker_settles_on_the_spot(li: Client, cast: Cast, jpeg: bytes) -> None:
    before, after = upload(li, jpeg), upload(li, draw_photo("clean"))
    done = do(
        li, "case.settle", "", at=cast.code1, text="楼道堆物", category="rubbish",
        words="已清走", before=[before], after=[after],
    )  # fmt: skip
    seen = li.get(f"/cases/by-no/{done['no']}").json()
    assert (seen["card"]["status"], seen["card"]["colour"]) == ("closed", "yellow")
    assert [photo["kind"] for photo in seen["photos"]] == ["before", "after"]


def test_a_note_becomes_a_case(li: Client, cast: Cast, jpeg: bytes) -> None:
    photo = upload(li, jpeg)
    note = do(li, "note.write", "", at=cast.code1, text="井盖松动", photos=[photo])
    order = {"deed": "note.promote", "subject": note["note"], "facts": {"category": "lamp"}}
    said = li.put(f"/deeds/{uuid4()}", order)
    seen = li.get(f"/cases/by-no/{said.json()['no']}").json()
    assert (seen["text"], seen["card"]["status"]) == ("井盖松动", "reported")
    assert seen["photos"][0]["sha256"] == photo


def test_a_worker_checks_in(li: Client, cast: Cast) -> None:
    done = do(li, "patrol.check_in", "", at=cast.code1, via="scan")
    assert done["place"] == "1号楼"

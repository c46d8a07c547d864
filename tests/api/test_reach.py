"""Out of reach looks like not there; in sight but not for this role is told so."""

from uuid import uuid4

import pytest

from gridapp.domain.vocabulary import Status
from gridapp.services.desk import Desk
from tests.api.client import Client
from tests.api.conftest import SignIn, draw_photo, sha256
from tests.cast import Cast
from tests.makers import a_case

# Who of the cast sees a reported case of grid 1.
SEERS = ["li", "chen", "wang", "zhao", "leader"]
STRANGERS = ["qian", "dept", "sun", "gu", "admin", "sec", "audit"]


@pytest.mark.parametrize(
    ("login", "status"), [(n, 200) for n in SEERS] + [(n, 404) for n in STRANGERS]
)
def test_a_case_is_seen_in_reach_only(
    sign_in: SignIn, desk: Desk, cast: Cast, login: str, status: int
) -> None:
    no = a_case(desk, cast).no
    client = sign_in(login)
    assert client.get(f"/cases/by-no/{no}").status_code == status
    listed = [card["no"] for card in client.get("/cases").json()["items"]]
    assert listed == ([no] if status == 200 else [])


@pytest.mark.parametrize(
    ("login", "status"), [("wang", 201), ("li", 403), ("zhao", 403), ("qian", 404), ("sun", 404)]
)
def test_accepting_asks_the_matrix(
    sign_in: SignIn, desk: Desk, cast: Cast, login: str, status: int
) -> None:
    order = {"deed": "case.accept", "subject": a_case(desk, cast).no}
    assert sign_in(login).put(f"/deeds/{uuid4()}", order).status_code == status


def test_a_number_that_was_never_given_is_not_there(wang: Client) -> None:
    for no in ("26061099999", "99999999999", "abc", "2606100000000001"):
        assert wang.get(f"/cases/by-no/{no}").status_code == 404


def test_a_resident_does_no_deed_of_staff(zhang: Client, desk: Desk, cast: Cast) -> None:
    order = {"deed": "case.accept", "subject": a_case(desk, cast).no}
    assert zhang.put(f"/deeds/{uuid4()}", order).status_code == 401


def test_a_deed_on_a_case_in_another_status_tells_the_state(
    wang: Client, desk: Desk, cast: Cast
) -> None:
    order = {"deed": "case.accept", "subject": a_case(desk, cast, Status.TAKEN).no}
    said = wang.put(f"/deeds/{uuid4()}", order)
    assert (said.status_code, said.json()["current"]["status"]) == (409, "taken")


def test_a_photo_is_seen_by_those_whom_its_case_concerns(
    sign_in: SignIn, zhang: Client, cast: Cast
) -> None:
    photo = draw_photo("a lamp of grid 1")
    sha = sha256(photo)
    zhang.put(f"/photos/{sha}?at={cast.code1}", content=photo)
    facts = {"at": cast.code1, "text": "路灯不亮", "photos": [sha]}
    track = zhang.put(f"/reports/{uuid4()}", facts).json()["track"]
    seen = sign_in("li").get(f"/photos/{sha}")
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    assert sign_in("qian").get(f"/photos/{sha}?size=thumb").status_code == 404
    assert zhang.get(f"/photos/{sha}").status_code == 401
    mine = zhang.get(f"/cases/{track}/photos/{sha}?size=thumb")
    assert zhang.get(
        f"/cases/{track}/photos/{sha}?size=thumb", headers={"if-none-match": mine.headers["etag"]}
    ).status_code == 304  # fmt: skip


@pytest.mark.parametrize("deed", ["note.write", "patrol.check_in"])
@pytest.mark.parametrize(
    ("login", "status"), [("li", 201), ("qian", 404), ("chen", 201), ("wang", 403)]
)
def test_fieldwork_is_done_in_the_own_grids(
    sign_in: SignIn, cast: Cast, deed: str, login: str, status: int
) -> None:
    facts = {"at": cast.code1} | ({"text": "井盖松动"} if deed == "note.write" else {})
    said = sign_in(login).put(f"/deeds/{uuid4()}", {"deed": deed, "facts": facts})
    assert said.status_code == status


def test_a_note_is_promoted_once_and_by_its_writer(sign_in: SignIn, cast: Cast) -> None:
    uid = uuid4()
    facts = {"at": cast.code1, "text": "井盖松动"}
    sign_in("li").put(f"/deeds/{uid}", {"deed": "note.write", "facts": facts})
    order = {"deed": "note.promote", "subject": str(uid)}
    told = [
        sign_in(login).put(f"/deeds/{uuid4()}", order) for login in ("qian", "wang", "li", "li")
    ]
    assert [said.status_code for said in told] == [404, 403, 201, 409]
    assert told[3].json()["current"] == {"no": told[2].json()["no"]}


def test_a_note_without_a_building_asks_where(li: Client) -> None:
    uid = uuid4()
    assert li.put(
        f"/deeds/{uid}", {"deed": "note.write", "facts": {"text": "路面有坑"}}
    ).status_code == 201  # fmt: skip
    said = li.put(f"/deeds/{uuid4()}", {"deed": "note.promote", "subject": str(uid)})
    assert said.json()["fields"] == {"at": "请选择楼栋"}

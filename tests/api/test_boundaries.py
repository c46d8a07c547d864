"""Files of boundaries come in by their hash; maps and pictures of them go out by their ETag."""

import hashlib

import pytest

from gridapp.services.boundaries.files import opened
from gridapp.services.desk import Desk
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.cast import Cast
from tests.services.boundaries.drawn import COMMUNITY1, GRID1, draw, load, square, stands, two_grids

BYTES = {"content-type": "application/octet-stream"}


def send(client: Client, body: bytes, name: str = "") -> int:
    address = f"/boundary-files/{name or hashlib.sha256(body).hexdigest()}"
    return client.put(address, content=body, headers=BYTES).status_code


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in("admin")


def test_the_administrator_sends_a_file_and_sees_what_would_come_of_it(admin: Client) -> None:
    body = two_grids()
    assert (send(admin, body), send(admin, body)) == (201, 201)
    name = hashlib.sha256(body).hexdigest()
    drawn = admin.get(f"/boundaries/plan.svg?grid={COMMUNITY1}&file={name}")
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    assert "第一网格" in drawn.text


def test_a_file_that_is_too_large_damaged_or_unwanted_is_refused(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send(admin, b"x", "a" * 64) == 422
    assert send(admin, b"x", "no-hash") == 422
    huge = {**BYTES, "content-length": str(200 * 1024 * 1024)}
    said = admin.put(f"/boundary-files/{'a' * 64}", content=b"x", headers=huge)
    assert (said.status_code, "20MB" in said.json()["detail"]) == (413, True)
    monkeypatch.setattr("gridapp.api.boundaries.FILE_MAX_BYTES", 10)
    assert send(admin, b"x" * 11) == 413
    assert opened.FILE_MAX_BYTES == 20 * 1024 * 1024


@pytest.mark.parametrize(("who", "status"), [("li", 403), ("leader", 403), ("zhang", 401)])
def test_nobody_else_sends_one(sign_in: SignIn, who: str, status: int) -> None:
    assert send(sign_in(who), b"{}") == status


def test_a_file_that_cannot_be_read_is_told_in_the_picture_s_place(admin: Client) -> None:
    send(admin, b"hello")
    name = hashlib.sha256(b"hello").hexdigest()
    said = admin.get(f"/boundaries/plan.svg?grid={COMMUNITY1}&file={name}")
    assert (said.status_code, said.json()["code"]) == (422, "boundary.file")


def test_boundaries_go_out_as_a_file_and_come_in_as_they_were(
    desk: Desk, cast: Cast, admin: Client
) -> None:
    load(desk, cast, two_grids())
    before = stands(desk, cast)
    said = admin.get(f"/boundaries/file.geojson?grid={COMMUNITY1}")
    assert (said.status_code, said.headers["content-type"]) == (200, "application/geo+json")
    assert "attachment" in said.headers["content-disposition"]
    load(desk, cast, said.content, edition=1)
    after = stands(desk, cast)
    assert list(after) == list(before)
    assert all(after[code].shape.equals_exact(before[code].shape, 1e-7) for code in before)


@pytest.mark.parametrize(("who", "status"), [("zhang", 401), ("sun", 404), ("gu", 404)])
def test_nobody_takes_out_boundaries_beyond_their_reach(
    sign_in: SignIn, who: str, status: int
) -> None:
    assert sign_in(who).get(f"/boundaries/file.geojson?grid={COMMUNITY1}").status_code == status


@pytest.mark.parametrize("picture", ["map", "check"])
def test_pictures_are_kept_until_a_boundary_changes(
    desk: Desk, cast: Cast, admin: Client, picture: str
) -> None:
    load(desk, cast, two_grids())
    address = f"/boundaries/{picture}.svg?grid={COMMUNITY1}"
    held = {"if-none-match": admin.get(address).headers["etag"]}
    assert admin.get(address, headers=held).status_code == 304
    draw(desk, cast, square(side=0.0007), GRID1)
    assert admin.get(address, headers=held).status_code == 200


def test_a_map_has_boundaries_only_when_they_are_asked_for(
    desk: Desk, cast: Cast, sign_in: SignIn
) -> None:
    load(desk, cast, two_grids())
    leader = sign_in("leader")

    def kinds(wish: str) -> set[str]:
        features = leader.get(f"/map?grid={COMMUNITY1}{wish}").json()["features"]
        return {one["properties"]["kind"] for one in features}

    assert (kinds(""), kinds("&outlines=below")) == ({"building"}, {"building", "boundary"})
    assert leader.get(f"/map?grid={COMMUNITY1}&outlines=all").status_code == 422


def test_a_position_is_answered_with_its_grid(desk: Desk, cast: Cast, li: Client) -> None:
    load(desk, cast, two_grids())
    said = li.get("/locate?lng_wgs84=121.396&lat_wgs84=31.248")
    assert (said.json()["grid"], said.json()["is_schematic"]) == (GRID1, False)
    assert li.get("/locate?lng_wgs84=100&lat_wgs84=20").status_code == 404
    assert li.get("/locate?lng_wgs84=nan&lat_wgs84=20").status_code == 422

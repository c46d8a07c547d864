"""Over REST: who knows a photo's hash, but never had the picture, sees nothing by naming it."""

from hashlib import sha256
from uuid import uuid4

from tests.api.client import Client
from tests.cast import Cast


def test_a_strangers_hash_in_a_report_is_refused_and_shows_nothing(
    zhang: Client, cast: Cast, jpeg: bytes
) -> None:
    sha = sha256(jpeg).hexdigest()
    mine, theirs = {"X-Grid-Device": "a" * 16}, {"X-Grid-Device": "b" * 16}
    assert (
        zhang.put(f"/photos/{sha}?at={cast.code1}", content=jpeg, headers=mine).status_code == 201
    )
    facts = {"at": cast.code1, "text": "路灯不亮", "photos": [sha]}
    stolen = zhang.put(f"/reports/{uuid4()}", facts, headers=theirs)
    assert (stolen.status_code, stolen.json()["missing"]) == (422, [sha])
    track = zhang.put(f"/reports/{uuid4()}", facts, headers=mine).json()["track"]
    assert zhang.get(f"/cases/{track}/photos/{sha}").status_code == 200

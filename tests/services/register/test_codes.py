"""A code is issued, replaced and retired; whoever scans an old one is led on kindly."""

from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.codes import is_building_code
from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    NotAllowedError,
    NotThereError,
    UnknownPlaceError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.lost_codes import LostCode, see_lost_code
from gridapp.services.areas.places import see_place
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.hanging import record_batch
from gridapp.services.prints.views import Sheet
from gridapp.services.register.see_building import see_building
from gridapp.services.register.views import CodeView
from gridapp.settings import Settings
from gridapp.tables import BuildingCode
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do

WHY = "海报被人撕走"


def codes(desk: Desk, cast: Cast) -> list[CodeView]:
    with desk.looking(cast.actor("admin")) as act:
        return list(see_building(act, str(cast.building1)).codes)


def replace(desk: Desk, cast: Cast, by: str = "admin") -> str:
    return str(do(desk, cast.actor(by), Deed.REPLACE_CODE, cast.code1, words=WHY).reply["code"])


def test_the_old_code_leads_to_the_new_one(desk: Desk, cast: Cast) -> None:
    new = replace(desk, cast)
    assert is_building_code(new)
    with desk.looking(RESIDENT) as act:
        assert see_place(act, new).building == "1号楼"
        with pytest.raises(UnknownPlaceError):
            see_place(act, cast.code1)
        assert see_lost_code(act, cast.code1) == LostCode(True, True, "1号楼", new)  # noqa: FBT003 - retired, whole


def test_a_building_tells_what_became_of_its_codes(desk: Desk, cast: Cast) -> None:
    new = replace(desk, cast)
    now, old = codes(desk, cast)
    assert (now.code, now.state_label, now.why) == (new, "待打印", "")
    assert (old.code, old.state_label, old.why, old.successor) == (cast.code1, "已停用", WHY, new)


def test_the_print_shop_knows_that_a_new_code_is_to_be_printed(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    settings = Settings(public_url="https://grid.example", _env_file=None)
    wish = Wish(Sheet.POSTER, changed_only=True)
    with desk.acting(cast.actor("admin")) as act:
        record_batch(act, choose_pages(act, settings, Wish(Sheet.POSTER)))
    assert codes(desk, cast)[0].state == "hanging"
    clock.forward(days=1)
    new = replace(desk, cast)
    with desk.looking(cast.actor("admin")) as act:
        assert [page.code for page in choose_pages(act, settings, wish).pages] == [new]
    assert codes(desk, cast)[0].state == "unprinted"


def test_a_retired_code_lets_one_choose_the_place(desk: Desk, cast: Cast) -> None:
    do(desk, cast.actor("chen"), Deed.RETIRE_CODE, cast.code1, words="楼里不再挂码")
    with desk.looking(RESIDENT) as act:
        assert see_lost_code(act, cast.code1) == LostCode(True, True, "1号楼", "")  # noqa: FBT003 - retired, whole


def test_many_buildings_get_a_code_at_once_and_only_who_has_none(desk: Desk, cast: Cast) -> None:
    for code in (cast.code1, cast.code2):
        do(desk, cast.actor("admin"), Deed.RETIRE_CODE, code, words="重新编码")
    reply = do(desk, cast.actor("admin"), Deed.ISSUE_CODE, grid="310107022").reply
    assert (reply["count"], set(reply["codes"])) == (2, {str(cast.building1), str(cast.building2)})
    ids = [cast.building1, cast.building3]
    assert do(desk, cast.actor("admin"), Deed.ISSUE_CODE, buildings=ids).reply["count"] == 0


@pytest.mark.parametrize(
    ("by", "facts", "refusal"),
    [
        ("li", {"buildings": [1]}, NotAllowedError),
        ("chen", {"buildings": [1, 3]}, NotThereError),
        ("chen", {"grid": "310107022002"}, NotThereError),
        ("admin", {}, FactsError),
        ("admin", {"buildings": [0]}, FactsError),
        ("admin", {"buildings": [999]}, NotThereError),
    ],
)
def test_codes_are_issued_in_reach_only(
    desk: Desk, cast: Cast, by: str, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        do(desk, cast.actor(by), Deed.ISSUE_CODE, **facts)


@pytest.mark.parametrize("deed", [Deed.REPLACE_CODE, Deed.RETIRE_CODE])
def test_a_code_goes_once_with_a_reason_and_in_reach(desk: Desk, cast: Cast, deed: Deed) -> None:
    for who, refusal in (("li", NotAllowedError), ("wang", NotAllowedError)):
        with pytest.raises(refusal):
            do(desk, cast.actor(who), deed, cast.code1, words=WHY)
    with pytest.raises(NotThereError):
        do(desk, cast.actor("chen"), deed, cast.code3, words=WHY)
    with pytest.raises(FactsError):
        do(desk, cast.actor("admin"), deed, cast.code1, words="")
    do(desk, cast.actor("admin"), deed, cast.code1, words=WHY)
    with pytest.raises(ConflictError):
        do(desk, cast.actor("admin"), deed, cast.code1, words=WHY)


def test_of_two_who_replace_a_code_at_once_one_does(own_desk: Desk, cast: Cast) -> None:
    start, outcomes = Barrier(2), []

    def once() -> None:
        start.wait()
        try:
            outcomes.append(replace(own_desk, cast))
        except ConflictError:
            outcomes.append("refused")

    threads = [Thread(target=once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with own_desk.looking(RESIDENT) as act:
        standing = select(BuildingCode).where(
            BuildingCode.building_id == cast.building1, col(BuildingCode.retired_at).is_(None)
        )
        assert [row.code for row in act.session.exec(standing)] == [
            o for o in outcomes if o != "refused"
        ]

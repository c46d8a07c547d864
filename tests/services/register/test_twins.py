"""A building that stands already under another spelling or address is asked about, once."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import ConflictError
from gridapp.domain.houses import House, may_be_same, plain_house
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.register.twins import TwinBuildingError
from gridapp.tables import Building
from tests.cast import Cast
from tests.makers import do

GRID1, GRID2 = "310107022001001", "310107022001002"
ADDRESS = "兰溪路101弄1号"


@pytest.mark.parametrize(
    "text", ["3号楼", "3幢", "3＃", "3#", "３号", "三号楼", "3 栋", "3#楼", "3座", "3\u200b号楼"]
)
def test_a_house_is_known_however_its_number_is_written(text: str) -> None:
    assert plain_house(text) == "3"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("十二号楼", "12"), ("二十一幢", "21"), ("十号", "10"), ("兰溪路100弄1号", "兰溪路100弄1"),
     ("A座", "A"), ("真如大楼", "真如大楼"), ("三楼栋", "三楼栋"), ("", "")],
)  # fmt: skip
def test_what_is_no_numbers_ending_stays(text: str, plain: str) -> None:
    assert plain_house(text) == plain


@pytest.mark.parametrize(
    ("one", "other", "is_asked"),
    [
        (House(1, "1号楼", "甲路1号"), House(1, "1幢", "甲路1号"), True),
        (House(1, "1号楼", "甲路1号"), House(1, "1#", ""), True),
        (House(1, "1号楼", "甲路1号"), House(1, "一号楼", "乙路2号"), True),
        (House(1, "1号楼", "甲路1号"), House(2, "1幢", "甲路１号"), True),
        (House(1, "真如大厦", "甲路1号"), House(2, "1号楼", "甲路1号"), True),
        (House(1, "1号楼", "甲路1号"), House(1, "2号楼", "甲路1号"), False),
        (House(1, "1号楼", "甲路1号"), House(2, "1号楼", "乙路1号"), False),
        (House(1, "1号楼", ""), House(2, "1号楼", ""), False),
    ],
)
def test_which_two_may_be_one(one: House, other: House, is_asked: bool) -> None:
    assert may_be_same(one, other) is may_be_same(other, one) is is_asked


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("grid", "name", "address"),
    [(GRID1, "1幢", ADDRESS), (GRID1, "一号楼", "别处2号"), (GRID2, "1#", ADDRESS)],
)
def test_the_form_asks_and_takes_an_answer(
    desk: Desk, cast: Cast, grid: str, name: str, address: str
) -> None:
    told: dict[str, Any] = {"grid": grid, "name": name, "address": address}
    with pytest.raises(TwinBuildingError, match=cast.code1) as asked:
        do(desk, cast.actor("admin"), Deed.ADD_BUILDING, **told)
    assert asked.value.facts["current"] == {"building": cast.building1}
    made = do(desk, cast.actor("admin"), Deed.ADD_BUILDING, **told, is_other=True).reply
    with desk.looking(cast.actor("admin")) as act:
        assert act.session.get_one(Building, made["building"]).name == name


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_the_very_same_is_no_question(desk: Desk, cast: Cast) -> None:
    with pytest.raises(ConflictError, match="同名同地址"):
        do(desk, cast.actor("admin"), Deed.ADD_BUILDING, grid=GRID1, name="1号楼",
           address=ADDRESS, is_other=True)  # fmt: skip
    with desk.looking(cast.actor("admin")) as act:
        assert len(act.session.exec(select(col(Building.id))).all()) == 3

"""What speaks of danger is read as such, however it is typed; an everyday matter is not."""

import pytest

from gridapp.domain.danger import is_pressing, sounds_dangerous
from gridapp.domain.vocabulary import Urgency


@pytest.mark.parametrize(
    "text",
    ["楼道里有煤气味", "3楼 着 火 了", "电梯里困住一个人", "电动车充电冒烟", "老人敲门好几次没人应",
     "楼下有人持刀", "路边井盖不见了", "老人晕倒在花园", "外墙开裂得很大", "电线被风吹断了",
     "小孩走失", "消防通道被堵死", "水管爆了水淹到二楼"],
)  # fmt: skip
def test_danger_is_heard(text: str) -> None:
    assert sounds_dangerous(text)


@pytest.mark.parametrize(
    "text",
    ["路灯不亮", "垃圾没人清", "楼上装修太吵", "请问怎么办居住证", "小广告贴满楼道", "快递柜占道",
     "绿化带里有狗粪", "车乱停"],
)  # fmt: skip
def test_an_everyday_matter_is_no_danger(text: str) -> None:
    assert not sounds_dangerous(text)


@pytest.mark.parametrize(("urgency", "waits"), [("critical", False), ("urgent", False),
                                                ("ordinary", True), ("complex", True)])  # fmt: skip
def test_a_pressing_category_is_enough(urgency: str, waits: bool) -> None:
    assert is_pressing(Urgency(urgency), "路灯不亮") is not waits

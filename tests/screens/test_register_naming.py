"""What is wrong in a form of the register is named as the form names it."""

from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.doing import HOME, PREMISES, do_named
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.register.risks import copy_risks
from gridapp.tables import Household, Premises
from tests.cast import Cast
from tests.makers import do
from tests.services.verification.rounds import a_round

KINDS = ["household", "shop", "enterprise", "place"]


@pytest.fixture
def round_id(desk: Desk, cast: Cast) -> str:
    """A round through grid 1, where one household and one shop are on record."""
    with desk.acting(SYSTEM) as act:
        copy_risks(act)
    li = cast.actor("li")
    do(desk, li, Deed.ENTER_HOUSEHOLD, building=str(cast.building1), door="601")
    shop: dict[str, Any] = {"kind": "shop", "name": "老店"}
    do(desk, li, Deed.ENTER_PREMISES, building=str(cast.building1), **shop)
    return a_round(desk, cast, kinds=KINDS)


def found(desk: Desk, cast: Cast, round_id: str, which: str, **form: Any) -> None:
    """Send the form of something found, as the page does."""
    subject = f"{round_id} {cast.building1} {which}"
    uid = form.pop("uid", "5f2c1c9e-6f0e-4a57-9a63-0b7f4f4f7a12")
    with desk.acting(cast.actor("li")) as act:
        do_named(act, Deed.VERIFY_RECORD, subject, 0, uid, form)


@pytest.mark.parametrize(
    ("form", "why"),
    [({"door": "   ", "name": "周小满"}, "门牌：必填。"),
     ({"door": "九" * 21}, "门牌：最多 20 个字。"),
     ({"door": "101", "name": "周" * 65}, "户主：最多 64 个字。"),
     ({"door": "101", "head_count": "三"}, "人数：应为整数。"),
     ({"door": "101", "head_count": "100"}, "人数：不能大于 99。"),
     ({"door": "101", "phone": "12345"},
      "电话「12345」好像不对，请填手机号或带区号的座机，或者留空。"),
     ({"door": "101", "tenure": "castle", "head_count": "-1"},
      "人数：不能小于 0。居住性质：不是可选的值。")],
)  # fmt: skip
def test_a_home_that_cannot_be_entered_says_which_field(
    desk: Desk, cast: Cast, round_id: str, form: dict[str, str], why: str
) -> None:
    with pytest.raises(FactsError) as refusal:
        found(desk, cast, round_id, HOME, **form)
    assert refusal.value.sentence == why
    with desk.looking(SYSTEM) as act:
        assert act.session.exec(select(Household.door)).all() == ["601"]


@pytest.mark.parametrize(
    ("form", "why"),
    [({"name": " "}, "名称：必填。"), ({"name": "字" * 81}, "名称：最多 80 个字。"),
     ({"name": "小吃", "credit_code": "123"}, "统一社会信用代码（18位）：格式不对。"),
     ({"name": "小吃", "spot": "临" * 41}, "位置：最多 40 个字。"),
     ({"name": "小吃", "kind": "castle"}, "类型：不是可选的值。"),
     ({"name": "小吃", "phone": "abc"},
      "电话「abc」好像不对，请填手机号或带区号的座机，或者留空。")],
)  # fmt: skip
def test_a_shop_that_cannot_be_entered_says_which_field(
    desk: Desk, cast: Cast, round_id: str, form: dict[str, str], why: str
) -> None:
    with pytest.raises(FactsError) as refusal:
        found(desk, cast, round_id, PREMISES, **({"kind": "shop"} | form))
    assert refusal.value.sentence == why
    with desk.looking(SYSTEM) as act:
        assert act.session.exec(select(Premises.name)).all() == ["老店"]


@pytest.mark.parametrize(
    ("which", "form"), [(HOME, {"door": "101"}), (PREMISES, {"name": "小吃", "kind": "shop"})]
)
def test_what_is_on_record_is_no_finding_and_says_what_to_do(
    desk: Desk, cast: Cast, round_id: str, which: str, form: dict[str, str]
) -> None:
    found(desk, cast, round_id, which, **form)
    found(desk, cast, round_id, which, **form)  # the same tap again is the same finding
    with pytest.raises(ConflictError, match="已经登记过。不算新发现，请到「人户核查」里核对"):
        found(desk, cast, round_id, which, **form, uid="5f2c1c9e-6f0e-4a57-9a63-0b7f4f4f7a13")

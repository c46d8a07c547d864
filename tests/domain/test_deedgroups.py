"""Every deed of the matrix stands in a group, and every cell has its words."""

from itertools import product

import pytest

from gridapp.domain.deedgroups import NOT_AT_ALL, group_of, reach_words
from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed, Reach, Role


@pytest.mark.parametrize(
    ("deed", "group"),
    [
        (Deed.ACCEPT, "事件"),
        (Deed.BLOCK, "事件"),
        (Deed.RECORD_VISIT, "走访和联系户"),
        (Deed.CONFIRM_POST, "账号安全"),
        (Deed.SEE_AUDIT, "审计"),
        (Deed.PRINT, "统计、打印和数据"),
    ],
)
def test_a_deed_stands_with_its_like(deed: Deed, group: str) -> None:
    assert group_of(deed) == group


def test_only_what_is_refused_reads_so() -> None:
    for deed, role in product(Deed, Role):
        reach = reach_of(deed, role)
        assert (reach_words(deed, role, reach) == NOT_AT_ALL) == (reach is None)


def test_ones_own_is_said_by_the_deed() -> None:
    own = Reach.OWN
    assert reach_words(Deed.TAKE, Role.GRID_WORKER, own) == "派给自己的"
    assert reach_words(Deed.CORRECT_VISIT, Role.GRID_WORKER, own) == "自己记的"
    assert reach_words(Deed.REOPEN, Role.RESIDENT, own) == "自己上报的"

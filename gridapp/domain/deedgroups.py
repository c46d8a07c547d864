"""Deeds in the groups in which a person thinks of them, for a matrix that can be read."""

from collections.abc import Mapping
from typing import Final

from gridapp.domain.vocabulary import Deed, Reach, Role

# The first word of a deed's name -> its group. Every deed falls into one; a test says so.
_GROUPS: Final[Mapping[str, str]] = {
    "case": "事件",
    "reporter": "事件",
    "note": "随手记",
    "patrol": "巡查和夜巡",
    "household": "走访和联系户",
    "visit": "走访和联系户",
    "register": "户室和场所",
    "building": "楼栋和楼栋码",
    "code": "楼栋和楼栋码",
    "verification": "人户核查",
    "area": "网格",
    "boundary": "网格",
    "line": "网格",
    "notice": "公告",
    "person": "人员和岗位",
    "post": "人员和岗位",
    "leave": "人员和岗位",
    "unit": "部门",
    "account": "账号安全",
    "category": "分类和规则",
    "urgency": "分类和规则",
    "calendar": "分类和规则",
    "text": "分类和规则",
    "wording": "分类和规则",
    "colour": "分类和规则",
    "visit_kind": "分类和规则",
    "rule": "分类和规则",
}
_OTHER: Final = "统计、打印和数据"
# What stands apart from its neighbours in name.
_APART: Final[Mapping[Deed, str]] = {
    Deed.RESET_PASSWORD: "账号安全",
    Deed.CONFIRM_RESET: "账号安全",
    Deed.REFUSE_RESET: "账号安全",
    Deed.CONFIRM_POST: "账号安全",
    Deed.REFUSE_POST: "账号安全",
    Deed.SEE_AUDIT: "审计",
}

REACH_WORDS: Final[Mapping[Reach, str]] = {
    Reach.OWN: "自己的",
    Reach.GRIDS: "本网格",
    Reach.COMMUNITY: "本社区",
    Reach.STREET: "本街道",
    Reach.ALL: "全部",
}
# Of a deed on one's own it depends on the deed what one's own is.
_OWN_WORDS: Final[Mapping[str, str]] = {
    "case": "派给自己的",
    "note": "自己写的",
    "visit": "自己记的",
    "patrol": "自己的班次",
    "work": "自己安排的",
}
NOT_AT_ALL: Final = "不可以"


def group_of(deed: Deed) -> str:
    """Give the group of a deed."""
    return _APART.get(deed) or _GROUPS.get(deed.value.split(".")[0], _OTHER)


def reach_words(deed: Deed, role: Role, reach: Reach | None) -> str:
    """Say how far a role may do a deed."""
    if reach is None:
        return NOT_AT_ALL
    if role is Role.RESIDENT:
        return "自己上报的" if reach is Reach.OWN else "任何地点"
    if reach is Reach.OWN:
        return _OWN_WORDS.get(deed.value.split(".")[0], REACH_WORDS[reach])
    return REACH_WORDS[reach]

"""Words of the page of one who met the same matter."""

from gridapp.domain.vocabulary import Deed, Status

TAB = "我也遇到的事"
KEEP = "请收藏本页，随时看进度。"
WHERE = "地点"
CATEGORY = "分类"
OTHERS = "也遇到的人"
STORY = "办理经过"
MORE = "如果您这里情况不一样，也可以单独上报。"

NEXT = {
    Status.REPORTED: "街道城运中心会核对情况并安排人处理。",
    Status.ACCEPTED: "正在安排人处理。",
    Status.DISPATCHED: "处理人员接手后会尽快到现场。",
    Status.TAKEN: "处理人员正在处理。",
    Status.HANDLED: "处理结果正在核查，核查通过后办结。",
    Status.VERIFIED: "核查已通过，即将办结。",
    Status.PAUSED: "条件具备后会恢复处理。",
    Status.CLOSED: "已经办结。如果问题还在，请再上报。",
    Status.DECLINED: "这件事没有受理。如有疑问，请打网格员的电话。",
    Status.MERGED: "已与同一件事合并处理。",
}
REPORTED = {Deed.REPORT: "有居民上报了这件事"}


def counted(count: int) -> str:
    """Say that it was counted."""
    return f"已记下。连您在内，有{count}人也遇到。"

"""Words of the tracking page: what happened, what happens next, by when."""

from gridapp.domain.vocabulary import Deed, Status

TAB = "办理进度"
RECEIVED = "已收到"
RECEIVED_LEAD = "谢谢您告诉我们。"
NUMBER = "编号"
PROMISE = "答复时限"
REPLY = "办理答复"
WHAT = "您反映的事"
PLACE = "地点"
CATEGORY = "分类"
REPORTED = "上报时间"
OUTCOME = "办理结果"
STORY = "办理经过"
PHOTOS = "照片"
WHOLE = "展开全文"

ASIDE = "刚才上报的人很多，您这件已经收下，工作人员看过就转办。答复时限从上报时算起。"
THANK = "谢谢他们"
PHONE_NEEDED = "请填一个电话，或者留空不填。"
ADD_WORDS = "补充说明"
ADD_WORDS_HELP = "有新的情况，随时补充。"
ADD_WORDS_SUBMIT = "提交补充"
RATE = "您满意吗"
RATED = "您的评价"
RATE_AGAIN = "修改评价"
CONTACTED = "有人联系过您吗"
CONTACTED_YES = "联系过"
CONTACTED_NO = "没有"
SOLVED = "问题解决了吗"
SOLVED_YES = "解决了"
SOLVED_NO = "没有"
RATE_WORDS = "想说的话"
RATE_SUBMIT = "提交评价"
RATE_NEEDED = "请选一项再提交。"
REOPEN = "没有解决？"
DISAGREE = "有不同意见？"
REOPEN_HELP = "15天内，可以说明情况，要求重新处理。街道城运中心会重新安排。"
REOPEN_WORDS = "请说明情况"
REOPEN_SUBMIT = "要求重新处理"
WORDS_NEEDED = "请写一句话。"
DONE = {
    "words": "补充已收到。",
    "rating": "评价已收到，谢谢。",
    "messages": "已改好。",
    "mine": "已改好。",
    "reopening": "已转街道城运中心重新处理。",
    "thanks": "您的感谢已转达。",
    "phone": "电话已保存，有进展会发短信告诉您。",
}

MINE = "记在这部手机上"
MINE_HELP = "记下后，打开首页就能看到这件事的进度。"
MINE_KEPT = "这件事已记在这部手机上，打开首页就能看到。公用的手机，用完可以去掉。"
MINE_DROP = "从这部手机上去掉"

NODES = ("已收到", "已安排", "处理中", "已办结")
LAST_NODE = {Status.DECLINED: "不予受理", Status.MERGED: "合并处理"}

# What happened, as the reporter reads it.
STEP = {
    Deed.REPORT: "您上报了这件事",
    Deed.ACCEPT: "街道已受理",
    Deed.DECLINE: "不予受理",
    Deed.DISPATCH: "已安排处理",
    Deed.TAKE: "已接手处理",
    Deed.HANDLE: "已处理，等待核查",
    Deed.SETTLE: "当场处理完毕",
    Deed.VERIFY: "核查通过",
    Deed.CLOSE: "已办结",
    Deed.PAUSE: "暂缓处理",
    Deed.RESUME: "恢复处理",
    Deed.EXTEND: "答复时限已延长",
    Deed.MERGE: "与同类事件合并处理",
    Deed.RATE: "您作了评价",
    Deed.REOPEN: "重新处理",
    Deed.ADD_WORDS: "补充说明",
    Deed.THANK: "您表示了感谢",
}

THANKS = "谢谢您的评价。"

# What happens next.
NEXT = {
    Status.REPORTED: "街道城运中心会核对情况并安排人处理。",
    Status.ACCEPTED: "正在安排人处理。",
    Status.DISPATCHED: "处理人员接手后会尽快到现场。",
    Status.TAKEN: "处理完会在这里答复您，并附上照片。",
    Status.HANDLED: "处理结果正在核查，核查通过后办结。",
    Status.VERIFIED: "核查已通过，即将办结。",
    Status.PAUSED: "条件具备后会恢复处理。",
    Status.CLOSED: "请您评价。",
    Status.DECLINED: "原因写在下面的答复里。",
    Status.MERGED: "已有人反映同一件事，一起处理。",
}


def promise(words: str) -> str:
    """Say by when there will be an answer."""
    when, bracket, first = words.partition("（")
    return f"{when}答复您{bracket}{first}"


def kept(words: str, how: str) -> str:
    """Say what was promised and whether it was kept."""
    return f"承诺{words}答复，{how}。" if how else ""


def also(count: int) -> str:
    """Say how many others met the matter."""
    return f"另有{count}人也遇到。"

"""Words of the worker's capture pages."""

from gridapp.domain.labels import OUTCOME
from gridapp.domain.vocabulary import Deed, Outcome

TODAY = "/worker"
PLACE = "在哪栋楼"
PLACE_HELP = "只列出自己网格的楼栋。"
PLACE_CHOOSE = "请选择楼栋"
PLACE_NEEDED = "请选择楼栋。"
PLACE_NONE_TITLE = "名下还没有楼栋"
PLACE_NONE = "您的网格还没有录入楼栋，请联系街道管理员。"
CATEGORY = "属于哪一类"
FOUND = "看到了什么"
FOUND_EXAMPLE = "例如「2单元门口堆着旧沙发」"
FOUND_MAY = "上面那句已经说清楚的，不用再写。"
FOUND_NEEDED = "请写一句看到了什么。"
BEFORE = "处置前照片"
AFTER = "处置后照片"
PHOTOS = "照片"
DONE_WHAT = "怎么处理的"
DONE_EXAMPLE = "例如「2单元门口的旧沙发已搬走」"
DONE_HELP = "会作为答复给上报的居民看。"
DONE_NEEDED = "请写一句怎么处理的。"
NOTE = "记点什么"
NOTE_NEEDED = "请写一句。"
OUTCOMES = "结果"
OUTCOME_NEEDED = "请选一项结果。"
OUTCOME_LABELS = [(outcome.value, OUTCOME[outcome]) for outcome in Outcome]
OUTCOME_HELP = "办不了也如实写明原因，「已解释」是指不能办或不需要办，已把理由说清。"
FOUND_ON_PATROL = "会记为这次巡查的发现。"
CASE = "要处理的事"
NO_SUCH_CASE = "没有找到这件事，或不在您的管辖范围内。"
CASE_NEEDED = "请从今日任务里选一件事再处理。"
CHANGED = "情况有变化，现在是「{status}」。请看过再决定是否提交。"
NOT_NOW = "这件事现在是「{status}」，不能这样处理。"

TITLES = {
    "settle": "随手清",
    "handle": "处置",
    "report": "上报",
    "note": "随手记",
}
LEADS = {
    "settle": "当场能办好的，拍照、写一句，一次办结。",
    "handle": "写明结果，附上照片，交给街道核查。",
    "report": "自己办不了的，报给街道城运中心。",
    "note": "先记下来，以后可以转成事件。",
}
SUBMITS = {
    "settle": "办结",
    "handle": "提交结果",
    "report": "上报",
    "note": "记下",
}

RESULTS = {
    Deed.SETTLE: ("已办结", "已记入台账，街道会抽查。"),
    Deed.HANDLE: ("已提交", "街道会安排核查，核查通过后办结。"),
    Deed.REPORT: ("已上报", "街道城运中心会受理和派遣，进度在今日任务里看。"),
    Deed.WRITE_NOTE: ("已记下", "在随手记里可以找到，也可以转成事件。"),
    Deed.PROMOTE_CHECK_IN: ("已转为事件", "街道城运中心会受理和派遣，进度在事件里看。"),
    Deed.PROMOTE_NOTE: ("已转为事件", "街道城运中心会受理和派遣，进度在今日任务里看。"),
    Deed.RECORD_VISIT: ("已记下走访", "到期名单已往后排，更正写在这次走访后面。"),
    Deed.PROMOTE_VISIT: ("已转为事件", "街道城运中心会受理和派遣，进度在今日任务里看。"),
}
NUMBER = "编号"
BACK_TO_TODAY = "回到今天"
# Where somebody came from leads back there: the day's tasks, or the list of the desk.
HOMES = {"": (TODAY, BACK_TO_TODAY), "desk": ("/desk", "回到事件")}
AGAIN = {
    Deed.SETTLE: ("再清一件", "/field/settle"),
    Deed.REPORT: ("再报一件", "/field/report"),
    Deed.WRITE_NOTE: ("再记一条", "/field/note"),
    Deed.PROMOTE_NOTE: ("看随手记", "/worker/notes"),
    Deed.PROMOTE_CHECK_IN: ("看巡查", "/patrols"),
    Deed.RECORD_VISIT: ("再记一户", "/field/visit"),
    Deed.PROMOTE_VISIT: ("看走访", "/worker/visits"),
}

"""Words of the resident's home."""

from gridapp.domain.codes import BUILDING_CODE_LENGTH
from gridapp.domain.emergencies import CITIZENS_LINE, CITIZENS_LINE_NAME, EMERGENCY_LINES

TAB = "首页"
TITLE = "身边的事，告诉网格员"
LEAD = "路灯不亮、楼道堆物、井盖松动……报上来，能看到谁在办、何时办完。"

MINE = "我反映的事"
MINE_NONE = "这部手机上还没有。上报以后会自动记在这里，不用注册。"
MINE_FIND = "以前上报过，找不到了"
MINE_FIND_HINT = "凭编号和电话后四位找回"
MET_TOO = "我也遇到"
ASKS_RATING = "请您评价"

PLACE = "最近打开的楼栋"
NOTICES = "社区通知"
NOTICES_NONE = "现在没有通知。"
NUMBERS = "常用电话"
CALL = "拨打"
_WHEN = {
    "119": "着火、被困、煤气泄漏",
    "110": "治安、走失、求助",
    "120": "突发急病、受伤",
}
PHONES = (
    *((number, name, _WHEN[number]) for number, name in EMERGENCY_LINES.items()),
    (CITIZENS_LINE, CITIZENS_LINE_NAME, "政策咨询、投诉、建议"),
)

CODE_LABEL = "楼栋码"
CODE_HELP = "单元门口二维码下方的8位字母和数字"
CODE_EXAMPLE = "例如 7KQ3 MXP9"
OPEN = "打开"
REPORT = "上报问题"
NO_CODE = "没有楼栋码"
NO_CODE_HINT = "选择所在小区和楼栋上报"
STAFF = "工作人员登录"
STAFF_HINT = "网格员、街道和部门"


def code_wrong(code: str) -> str:
    """Say what is wrong with a typed code."""
    missing = BUILDING_CODE_LENGTH - len(code)
    if not code:
        return "请输入门口的8位楼栋码。"
    if missing > 0:
        return f"还差{missing}位，请对照门口再看一遍。"
    if missing < 0:
        return "楼栋码只有8位，请去掉多余的字。"
    return "这个码不对，请对照门口再看一遍。码里没有数字0、1，也没有字母I、L、O。"

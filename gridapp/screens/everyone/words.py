"""What a person reads on the pages for everyone."""

BRAND = "社区网格"
TAB_TITLE = "社区网格"
TITLE = "身边的事，告诉网格员"
LEAD = "路灯不亮、楼道堆物、井盖松动……报上来，能看到谁在办、何时办完。"
CODE_LABEL = "楼栋码"
CODE_HELP = "单元门口二维码下方的 8 位字母和数字"
CODE_EXAMPLE = "例如 7KQ3 MXP9"
REPORT = "上报问题"
REPORT_AT_PLACE = "没有楼栋码"
REPORT_AT_PLACE_HINT = "选择所在小区和楼栋上报"
STAFF = "工作人员登录"
STAFF_HINT = "网格员、街道和部门"
EMERGENCY = "火灾、急救、治安等紧急情况，请直接拨打 119、120、110。"


def short_by(count: int) -> str:
    """Say how many characters a typed code still lacks."""
    return f"还差 {count} 位"


CODE_WRONG = "这个码不对，请对照门口再看一遍。码里没有数字 0、1，也没有字母 I、L、O。"
CODE_TOO_LONG = "楼栋码只有 8 位，请去掉多余的字。"
CODE_RIGHT = "楼栋码正确，可以上报。"

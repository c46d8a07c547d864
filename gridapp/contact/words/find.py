"""Words of the page that brings a lost link back."""

TAB = "找回进度"
TITLE = "找回办理进度"
LEAD = "填写编号和当时留的电话后四位，就能回到那件事。"
NO = "编号"
NO_HELP = "回执上的那串数字，例如 26112200018。"
TAIL = "电话后四位"
SUBMIT = "查找"
NEEDED = "编号和电话后四位都要填。"
NOT_FOUND = "没有找到。请核对编号和电话后四位；当时没有留电话的，凭这里找不回来。"
NO_PHONE = "没有留电话，或者编号也不记得了：打网格员的电话，说一下时间和地点，他们能查到。"

GONE_TITLE = "没有找到这件事"
GONE_LEAD = "网址可能没有复制完整。请从收藏、短信或回执图片重新打开，或者在下面找回。"


def too_often(minutes: int) -> str:
    """Say when to come back."""
    return f"试得太多了，请过{minutes}分钟再试。"

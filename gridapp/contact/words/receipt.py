"""Words of a receipt, on its page and in its picture."""

from datetime import datetime

from gridapp.domain.workcalendar import BEIJING

TITLE = "已收到您的反映"
PLACE = "地点"
REPORTED = "上报时间"
PROMISE = "答复时限"
CODE_HINT = "长按识别上面的码，随时看进度、补充和评价。谁有这个码谁就能看，请不要转发。"

NEXT = "接下来"
LINK = "查看进度的链接"
COPY = "复制链接"
COPIED = "已复制"
PICTURE = "保存回执到相册"
PICTURE_HELP = "长按图片，选「保存图片」。"
PICTURE_ALT = "回执：编号{no}，{place}，{promise}。"
IN_WECHAT = "在微信里，点右上角「…」可以收藏本页；要放到手机桌面，请选「在浏览器打开」。"
AGAIN = "刚才那一份已经收到，没有重复提交。"
LOST = "链接找不到了也不要紧：凭编号和电话后四位，可以在「找回进度」里找到。"

PHONE = "留个电话，有进展发短信告诉您"
PHONE_NAME = "电话"
PHONE_CHANGE = "换一个电话"
PHONE_SUBMIT = "保存"
PHONE_PRIVACY = "电话只用来核实情况和告诉您进展，只给处理这件事的人看，办结一年后自动删除。"


def moment(at: datetime) -> str:
    """Say a moment so that it still holds when the picture is looked at years later."""
    return f"{_day(at)} {at.astimezone(BEIJING):%H:%M}"


def promise(due_at: datetime) -> str:
    """Say by when there will be an answer."""
    return f"{moment(due_at)}前答复您"


def _day(at: datetime) -> str:
    here = at.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日"

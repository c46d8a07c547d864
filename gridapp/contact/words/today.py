"""Every sentence of today's page of the field (今日), which opens without network."""

from typing import Final

from gridapp.domain.labels import COLOUR, COLOUR_SHAPE
from gridapp.domain.vocabulary import Colour

TITLE = "今日"
BACK = "/field/today"
LOADING = "正在打开"
CAPTURES = (
    ("随手清", "/field/settle", "primary"),
    ("签到", "/field/check_in", ""),
    ("上报", "/field/report", ""),
    ("随手记", "/field/note", ""),
)

WORDS: Final = {
    "title": TITLE,
    "case": "事件",
    "as_of": "{moment}的内容",
    "as_of_offline": "{moment}的内容，现在没有网络。",
    "as_of_late": "{moment}的内容，没有连上服务器，稍后自动再试。",
    "as_of_signed_out": "{moment}的内容。登录已过期，登录后更新。",
    "sign_in": "去登录",
    "refresh": "更新",
    "search": "搜索今日内容",
    "search_hint": "编号、地点、内容",
    "mine": "我的任务",
    "others": "网格里的其他事",
    "empty_title": "手头没有任务",
    "empty": "派给您的事件会按期限排在这里。",
    "none_title": "没有找到",
    "none": "换个词再试，或者清空搜索。",
    "first_title": "这部手机上还没有今天的内容",
    "first": "有网络时打开一次本页，以后没有网络也能看。现在仍然可以随手记、随手清、上报。",
    "first_late": "没有连上服务器，稍后自动再试。现在仍然可以随手记、随手清、上报。",
    "broken_title": "打不开保存在这部手机上的内容",
    "broken": "请关闭其他页面后重新打开本页。",
    "sign_in_title": "请先登录",
    "sign_in_lead": "登录已过期。登录后就能看到今天的内容。",
    "paused": "暂停计时",
    "thumb": "照片",
    "open_shape": COLOUR_SHAPE[Colour.RED],
    "open_colour": COLOUR[Colour.RED],
    "more_title": "其他",
    "outbox": "待上传",
    "outbox_lead": "这部手机上还没传上去的内容",
    "whole": "完整的今日页面",
    "whole_lead": "要有网络",
    "missing_title": "这部手机上没有这件事",
    "missing": "可能已经办完，或者不归您办了。有网络时可以打开完整页面查看。",
    "look_online": "打开完整页面",
    "back_to_list": "回到今日",
    "visits": "要走访的",
    "visit_form": "记走访",
    "visit_form_lead": "全部联系户都能选",
    "visit_last": "上次{day}",
    "visit_first": "还没有走访过",
    "visit_today": "今天到期",
    "visit_ahead": "还有{count}天",
    "visit_over": "已过{count}天",
    "visit_waits": "走访待上传",
    "notes": "随手记",
    "note_promote": "点开转为事件",
    "note_waits": "转为事件待上传",
}

"""Words that several pages share."""

from http import HTTPStatus

from gridapp.domain.emergencies import EMERGENCY_LINES

BRAND = "社区网格"
ABOUT = "扫码上报身边的问题，随时看办理进度。"
SKIP = "跳到正文"
ACTIONS = "操作"
CALL = "拨打电话"
BACK = "返回"
HOME = "回到首页"
HOME_SHORT = "首页"
OPTIONAL = "（选填）"
CHECK = "请看一下标出的地方"
BUSY = "系统正忙，请过一会儿再试。已填的内容可按返回键找回。"
EMERGENCY = f"火灾、治安、急救等紧急情况，请直接拨打{'、'.join(EMERGENCY_LINES)}。"

REFUSED = "没有办成"
REFUSED_TITLES = {
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.FORBIDDEN: "不能这样做",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容太大",
    HTTPStatus.TOO_MANY_REQUESTS: "请稍等片刻",
    HTTPStatus.SERVICE_UNAVAILABLE: "系统正忙",
}

PHOTO = "照片"
PHOTO_ADD = "添加照片"
PHOTO_KEPT = "已收到的照片"
PHOTO_REMOVE = "删除这张照片"
PHOTO_GONE = "之前的照片放得太久，已经清理，请重新添加。"
PHOTO_LATER = (
    "现在传照片的人较多，有照片还没有收下。您填的内容都还在，请过半分钟重新选择照片，再点一次提交。"
)
PHOTO_ONE_MORE = "收下这张，再加一张"


def photo_one_by_one(most: int) -> str:
    """Say how photos are added, and how many."""
    return f"一张一张添加，最多{most}张。"


def photos_at_most(most: int) -> str:
    """Say that there are too many photos."""
    return f"最多{most}张照片，多出来的没有收。"


CATEGORY_UNKNOWN = "不确定，由工作人员判断"

# What the modules of assets/field say; they read it from the page.
SENDING = {
    "photo_add": PHOTO_ADD,
    "photo_remove": PHOTO_REMOVE,
    "photo_preparing": "处理中",
    "photo_waiting": "待上传",
    "photo_sending": "上传",
    "photo_sent": "已上传",
    "photo_failed": "没传上去",
    "photo_unreadable": "这张照片打不开，请换一张，或重新拍一张。",
    "photo_heic": (
        "HEIC 格式的照片在这里打不开。请把它截屏后选截图，或重新拍一张；"
        "以后可在手机“设置－相机－格式”里选“兼容性最佳”。"
    ),
    "photo_too_large": "这张照片太大，请换一张（不超过12MB）。",
    "photo_limit": "最多{most}张照片。",
    "sending_photos": "正在上传照片",
    "sending": "正在提交",
    "proving": "这里上报的人较多，正在排队提交，请稍等几秒",
    "offline": "现在没有网络。已填的内容和照片保存在这部手机上，有网后会自动提交，请不要关闭本页。",
    "unreachable": "没有连上。已填的内容和照片保存在这部手机上，请稍后再点一次提交。",
    "not_saved": "没有连上，手机也没能保存。请不要关闭本页，稍后再点一次提交。",
    "busy": "现在传照片的人较多，已排队，过一会儿会自动再提交，请不要关闭本页。",
    "too_many": "提交得有些频繁，请过{minutes}分钟再点一次。",
    "sent_before": "刚才那一份已经收到，不用再交。如果要再报一件，请再点一次提交。",
    "sign_in": "登录已过期。已填的内容保存在这部手机上，登录后会回到这里。",
    "sign_in_action": "去登录",
    "changed": "情况有变化，现在是「{status}」。请看过再决定是否提交。",
    "changed_action": "看最新情况",
    "draft_found": "已找回上次没提交的内容。",
    "draft_clear": "清空重填",
    "wrong": CHECK,
    "trouble": "没有提交成功，请稍后再试。已填的内容还在。",
    "place_add": "附上我的位置",
    "place_waiting": "正在定位",
    "place_added": "已附上位置，误差约{metres}米",
    "place_none": "没有取到位置，不影响提交。",
}

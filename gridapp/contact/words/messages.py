"""Words about being told of progress, on the tracking page."""

from gridapp.domain.message_words import PUSH_TITLE as _PUSH_TITLE

PUSH_TITLE = _PUSH_TITLE
TITLE = "进度通知"
SMS_ON = "有进展时，短信发到 {phone}。"
SMS_OFF = "已不再发短信。进度请在本页查看。"
SMS_STOP = "不再发短信"
SMS_START = "重新发短信"

# What the module says: it reads them from the section.
PUSH = {
    "offer": "有进展时，也可以让这部手机弹出通知。",
    "start": "开启通知",
    "asking": "请在手机弹出的提示里选择「允许」。",
    "opening": "正在开启，请稍等。",
    "slow": "这部手机一时连不上通知服务，不影响办理。进度请在本页查看。",
    "refused": "手机没有允许通知。需要时，可在浏览器设置里打开。",
    "failed": "没有开启成功，不影响办理。进度请在本页查看。",
    "on": "已开启，有进展会在这部手机上通知您。",
    "stop": "关闭通知",
}

"""Words of the check-in page (签到)."""

from gridapp.contact.words.field import (  # noqa: F401 - the template reads them here
    BACK_TO_TODAY,
    PLACE_NONE,
    PLACE_NONE_TITLE,
    TODAY,
)
from gridapp.contact.words.shared import SENDING

TITLE = "签到"
LEAD = "扫楼下的二维码，或输入楼栋码，或从名单里选，都一样。"
CAMERA = "扫二维码"
TORCH = "手电"
CODE = "楼栋码"
CODE_HELP = "二维码下方的8位字母和数字。"
PLACE = "从名单里选"
PLACE_CHOOSE = "请选择"
SPOTS = "巡查点"
NEEDED = "请扫码、输入楼栋码，或选择楼栋。"
UNKNOWN = "没有这个楼栋码，可能已经更换。请从名单里选择楼栋。"
ELSEWHERE = "这栋楼不在您的网格里，不能签到。"
SAID = "看到的情况"
SAID_EXAMPLE = "例如「楼道畅通，灯都亮」"
SUBMIT = "签到"
DONE = "已签到"
DONE_LEAD = "街道那边已经收到。发现问题就接着记一笔。"
COUNTED = "计入巡查点：{points}。没有看到的，请到跟前再看一眼。"
AGAIN = "再签一处"
NEXT_TITLE = "在这里接着做"
NEXT = (("随手记", "/field/note"), ("随手清", "/field/settle"), ("上报", "/field/report"))

FAULTS = {
    "code_letters": "楼栋码里没有这个字。它由数字2至9和字母组成，不含字母I、L、O。",
    "code_short": "楼栋码是8位，还没有输完。",
    "code_long": "楼栋码是8位，多输了。",
    "code_check": "楼栋码有一位不对，请对照海报再看一遍。",
}

# What the modules say beside what they say of every form.
SAYING = {
    **SENDING,
    **FAULTS,
    "code_left": "还差{count}位",
    "code_not_listed": "不在您的楼栋名单里",
    "code_unknown": UNKNOWN,
    "code_elsewhere": "这是{grid}的{building}，不在您的网格里。",
    "code_not_kept": "这部手机上没有这个楼栋码，可能是别的网格的，或者刚换过。",
    "code_anyway": "仍要签到",
    "scan_foreign": "这不是楼栋码。请对准楼下海报上的二维码。",
    "scan_lost": "这部手机现在扫不了码，请输入楼栋码，或从名单里选。",
    "camera_open": "打开相机扫码",
    "camera_close": "关闭相机",
    "camera_opening": "正在打开相机",
    "camera_aim": "对准楼下海报上的二维码",
    "camera_refused": "没有允许使用相机。请输入楼栋码，或从名单里选；要扫码请在手机设置里允许。",
    "camera_none": "这里打不开相机，请输入楼栋码，或从名单里选。",
    "camera_busy": "相机正被别的应用占用，请关掉那个应用再试，或输入楼栋码。",
    "next_title": NEXT_TITLE,
    "next": NEXT,
    "counted": COUNTED,
}

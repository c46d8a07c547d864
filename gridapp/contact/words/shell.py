"""Words of the installed app and of the page that opens when nothing else does."""

NAME = "社区网格"
SHORT_NAME = "网格"
DESCRIPTION = "随手记、随手清、上报，没有网络也能用。"
COLOUR = "#1c4f91"
GROUND = "#f4f5f7"
PICTURES = (("shot-today", "今日任务，没有网络也能看"), ("shot-settle", "随手清，一次办结"))
SHORTCUTS = (
    ("随手记", "/field/note"),
    ("扫码签到", "/field/check_in"),
    ("今日任务", "/worker"),
)

OUTBOX = "待上传"
TODAY = "/worker"
LEAD = "没有网络也能记：先保存在这部手机上，有网后自动上传。"
FORMS_TITLE = "现在可以做的"
FORMS = (
    ("扫码签到", "扫楼栋二维码，没有网络也能签", "/field/check_in"),
    ("随手记", "先记下来，以后可以转成事件", "/field/note"),
    ("随手清", "当场能办好的，一次办结", "/field/settle"),
    ("上报", "自己办不了的，报给街道", "/field/report"),
)

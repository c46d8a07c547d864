"""Words of the report form and its receipt."""

TITLE = "上报问题"
TEXT = "发生了什么"
TEXT_HELP = "写清位置更容易找到，例如「2单元3楼的灯不亮」。"
TEXT_EXAMPLE = "一句话就行"
TEXT_NEEDED = "请写一句发生了什么。"
TEXT_TOO_LONG = "文字太长，请写在1万字以内。"
PHOTO_HELP = "拍清现场就好，请避开人脸。"
CATEGORY = "属于哪一类"
CONTACT = "留下联系方式，方便核实和回访"
PHONE = "电话"
NAME = "怎么称呼您"
NAME_EXAMPLE = "例如 张女士"
PRIVACY = "电话只给处理这件事的工作人员看，用于核实和回访，办结一年后自动删除。不留也可以上报。"
SUBMIT = "提交"
SENT_BEFORE = "刚才那一份已经收到，不用再交。如果要再报一件，请再点一次提交。"

FIELD_WORDS = {"text": TEXT_NEEDED, "category": "请重新选择。", "name": "称呼太长，请写短一些。"}

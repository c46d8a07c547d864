"""Words of 长辈版, the same on every resident's page."""

ON = "长辈版"
OFF = "普通版"
SIZE = "字号"
SIZES = {20: "大", 24: "更大", 30: "最大"}
SPEAK = "朗读"
SPEAK_STOP = "停止"
SPEAK_FAILED = "这部手机不能朗读。"
NEXT = "下一步"
BEFORE = "上一步"

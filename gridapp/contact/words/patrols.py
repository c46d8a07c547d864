"""Words of the patrols on today's page of the field (巡查), which opens without network."""

from typing import Final

WORDS: Final = {
    "points": "今天要看的点位",
    "night_tonight": "今晚夜巡",
    "nights": "接下来的夜巡",
    "never": "还没看过",
    "last": "上次{day}",
    "late": "该在{day}看",
    "kept": "已签到，等待上传",
    "every": "每{days}天看一次",
    "night": "夜巡",
    "hours": "{starts}至{ends}",
    "mine": "有我",
    "wants_cover": "求人顶班",
    "cancelled": "已取消",
    "theme": "主题",
    "when": "时间",
    "grid": "网格",
    "who": "同行的人",
    "nobody": "还没排人",
    "ask_cover": "请人顶班",
    "cover": "我来顶{name}的班",
    "take_back": "不换了，我去",
    "asked": "已请人顶班，有人接之前仍由您去。",
    "covered": "已顶班，网络通了就告诉大家。",
    "not_kept": "这部手机没能保存，请稍后再试。",
}

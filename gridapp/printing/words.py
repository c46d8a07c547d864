"""Every word that is printed beside names and numbers; the templates hold none.

Duties and promises, which a street may write for itself, come with each page.
"""

from typing import Any, Final

from gridapp.domain.emergencies import CITIZENS_LINE, CITIZENS_LINE_NAME, EMERGENCY_LINES
from gridapp.domain.printed_words import DEFAULT_LINES, ELDER_POSTER_PROMISE, Wording
from gridapp.services.prints.views import Layout, Sheet

URGENT: Final = (
    *((name, number) for number, name in EMERGENCY_LINES.items()),
    (CITIZENS_LINE_NAME, CITIZENS_LINE),
)

# Stands where a person would, while a grid has none.
_NOBODY: Final = {
    "name": CITIZENS_LINE_NAME,
    "initial": "热",
    "title": "网格人员调整中，请先打这个电话",
    "phone": CITIZENS_LINE,
    "grid": "",
    "duties": "",
    "photo": "",
}
_SHARED: Final[dict[str, Any]] = {
    "nobody": _NOBODY,
    "headline": "扫码反映问题",
    "code": "楼栋码",
    "urgent": URGENT,
    "danger": "遇到危险，请先打电话：",
}
_POSTER: Final[dict[str, Any]] = {
    **_SHARED,
    "lead": "路灯不亮、楼道堆物、漏水、噪音，说一句话就行",
    "steps": (
        ("扫一扫", "用微信或手机相机对准左边的码，不用下载，不用注册。"),
        ("说一句", "写一句话或拍张照，不留姓名电话也可以。"),
        ("等回音", "谁在办、办到哪一步，随时能看，办完请您评价。"),
    ),
    "promise": DEFAULT_LINES[Wording.POSTER_PROMISE][0],
    "call": "也可以直接找他们",
}
_ELDER_POSTER: Final[dict[str, Any]] = {
    **_SHARED,
    "lead": "有难处，说一声",
    "steps": (("打开微信", ""), ("对准这个码", ""), ("说一句话", "")),
    "promise": ELDER_POSTER_PROMISE,
    "call": "不会扫码，就打电话",
}
_BOARD: Final[dict[str, Any]] = {
    **_SHARED,
    "title": "网格公示牌",
    "people": "谁在为您服务",
    "lead": "微信扫一扫，随时说",
    "promise_title": "我们的承诺",
    "promises": DEFAULT_LINES[Wording.BOARD_PROMISES],
}
_CARDS: Final[dict[str, Any]] = {
    **_SHARED,
    "title": "网格联系卡",
    "lead": "有事请打电话，或扫码反映",
}
_BADGE: Final[dict[str, Any]] = {**_SHARED, "title": "工作证", "lead": "扫码\n反映问题"}

_WORDS: Final = {
    Sheet.POSTER: _POSTER,
    Sheet.STAIRWELL: _POSTER,
    Sheet.BOARD: _BOARD,
    Sheet.CARDS: _CARDS,
    Sheet.BADGE: _BADGE,
}


def words_for(sheet: Sheet, layout: Layout) -> dict[str, Any]:
    """Give the words of a sheet; the elderly reader's poster says less."""
    if layout is Layout.ELDER and sheet in {Sheet.POSTER, Sheet.STAIRWELL}:
        return _ELDER_POSTER
    return _WORDS[sheet]

"""Every sentence that is sent to a phone, in plain Chinese: what happened, what next, by when.

These are the words a town starts with; an administrator may write others (``text.change``). What
stands in braces is filled in when a message is promised; no other braces are accepted, and what
cannot be filled sends the words kept here.
"""

import re
from collections.abc import Mapping
from typing import Final

from gridapp.domain.telling import Occasion
from gridapp.domain.vocabulary import Outcome

# A reply may be pages long; a short message is not. The whole stands on the tracking page.
QUOTED_MAX_CHARACTERS: Final = 60
TEXT_MAX_CHARACTERS: Final = 200
# One message holds 70 signs; of a longer one each part holds 67 (GSM 03.40, UCS-2).
_ONE_SMS, _SMS_PART = 70, 67

DEFAULT_TEXTS: Final = {
    Occasion.RECEIVED: "您上报的事已收到，编号 {编号}，{期限}答复您。",
    Occasion.DECLINED: "您上报的事（{编号}）不予受理：{答复}",
    Occasion.DISPATCHED: "您上报的事（{编号}）已安排人处理，{期限}答复您。",
    Occasion.PAUSED: "您上报的事（{编号}）暂缓处理，预计{恢复时间}恢复：{原因}",
    Occasion.EXTENDED: "您上报的事（{编号}）需要更多时间，改为{期限}答复您。",
    Occasion.HANDLED: "您上报的事（{编号}）{结果}，正在核查：{答复}",
    Occasion.SETTLED: "您上报的事（{编号}）网格员已当场处理：{答复}",
    Occasion.CLOSED: "您上报的事（{编号}）已办结，{结果}：{答复} 请您评价。",
    Occasion.MERGED: "您上报的事（{编号}）已有人反映，与 {并入编号} 一起处理。",
    Occasion.REOPENED: "您上报的事（{编号}）重新处理，{期限}答复您。",
}
# What each occasion knows; a blank that it does not know would leave empty.
PLACEHOLDERS: Final = {
    Occasion.RECEIVED: ("编号", "期限"),
    Occasion.DECLINED: ("编号", "答复"),
    Occasion.DISPATCHED: ("编号", "期限"),
    Occasion.PAUSED: ("编号", "恢复时间", "原因", "期限"),
    Occasion.EXTENDED: ("编号", "期限"),
    Occasion.HANDLED: ("编号", "结果", "答复", "期限"),
    Occasion.SETTLED: ("编号", "答复"),
    Occasion.CLOSED: ("编号", "结果", "答复"),
    Occasion.MERGED: ("编号", "并入编号"),
    Occasion.REOPENED: ("编号", "期限"),
}
_NAMES: Final = {
    "no": "编号", "due": "期限", "reply": "答复", "outcome": "结果",
    "resume": "恢复时间", "words": "原因", "into": "并入编号",
}  # fmt: skip
_BLANK: Final = re.compile(r"\{([^{}]*)\}")
_OUTCOMES: Final = {
    Outcome.SOLVED: "已解决",
    Outcome.EXPLAINED: "已答复",
    Outcome.NOT_SOLVED: "暂未解决",
}
PUSH_TITLE: Final = "您上报的事有进展"
_DUE_SOON: Final = "事件 {no} 即将到期，请尽快处置。"


def text_fault(occasion: Occasion, text: str) -> str:
    """Tell what is wrong with the words for an occasion; empty when nothing is."""
    known = PLACEHOLDERS[occasion]
    unknown = [name for name in _BLANK.findall(text) if name not in known]
    if unknown:
        can = "、".join(f"{{{name}}}" for name in known)
        return f"没有「{{{unknown[0][:20]}}}」这一项，这里可以用：{can}。"
    if set("{}") & set(_BLANK.sub("", text)):
        return "大括号要成对使用，里面写可用的名称。"
    if len(text) > TEXT_MAX_CHARACTERS:
        return f"最多 {TEXT_MAX_CHARACTERS} 个字，现在是 {len(text)} 个字。"
    return ""


def fill_text(text: str, said: Mapping[str, str]) -> str:
    """Fill the blanks of a text, each once: what is filled in is not read again."""
    return _BLANK.sub(lambda found: said.get(found[1], ""), text)


def message_words(occasion: Occasion, text: str = "", **facts: str) -> str:
    """Write the message of an occasion; what is quoted is cut to a length one reads on a phone.

    Args:
        occasion: What the message is about.
        text: The town's own words; the words kept here when there are none, or they have a fault.
        facts: What is told, by the names of this module's callers.
    """
    quoted = {name: _cut(facts.get(name, "")) for name in ("reply", "words")}
    said = {_NAMES[name]: value for name, value in (facts | quoted).items()}
    own = text if text and not text_fault(occasion, text) else DEFAULT_TEXTS[occasion]
    return fill_text(own, said).strip().rstrip("：")


def sms_parts(text: str) -> tuple[int, int]:
    """Count the signs of a short message, as carriers do, and in how many parts it is paid for."""
    signs = len(text.encode("utf-16-le")) // 2
    return signs, 1 if signs <= _ONE_SMS else -(-signs // _SMS_PART)


def outcome_words(outcome: Outcome | None) -> str:
    """Say what came of it."""
    return _OUTCOMES[outcome or Outcome.NOT_SOLVED]


def with_link(body: str, link: str, signature: str = "") -> str:
    """Put the tracking link behind a message, and before it the name that a carrier asks for."""
    signed = f"【{signature}】" if signature else ""
    return f"{signed}{body} 查看：{link}" if link else f"{signed}{body}"


def reset_words(reason: str, *, is_done: bool) -> str:
    """Tell a member of staff that the own password was reset, or that somebody asks for it."""
    what = "已被重置，原来的登录已全部退出" if is_done else "有人申请重置，等另一位管理员确认"
    why = f"原因：{_cut(reason)}。" if reason else ""
    return f"您的网格系统登录密码{what}。{why}不是您本人要求的，请马上联系审计员。"


def due_soon_words(no: str) -> str:
    """Warn whoever holds a case."""
    return _DUE_SOON.format(no=no)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTED_MAX_CHARACTERS else line[:QUOTED_MAX_CHARACTERS] + "……"

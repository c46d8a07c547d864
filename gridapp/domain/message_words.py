"""Every sentence that is sent to a phone, in plain Chinese: what happened, what next, by when."""

from typing import Final

from gridapp.domain.telling import Occasion
from gridapp.domain.vocabulary import Outcome

# A reply may be pages long; a short message is not. The whole stands on the tracking page.
QUOTED_MAX_CHARACTERS: Final = 60

_SENTENCES: Final = {
    Occasion.RECEIVED: "您上报的事已收到，编号 {no}，{due}答复您。",
    Occasion.DECLINED: "您上报的事（{no}）不予受理：{reply}",
    Occasion.DISPATCHED: "您上报的事（{no}）已安排人处理，{due}答复您。",
    Occasion.PAUSED: "您上报的事（{no}）暂缓处理，预计{resume}恢复：{words}",
    Occasion.EXTENDED: "您上报的事（{no}）需要更多时间，改为{due}答复您。",
    Occasion.HANDLED: "您上报的事（{no}）{outcome}，正在核查：{reply}",
    Occasion.SETTLED: "您上报的事（{no}）网格员已当场处理：{reply}",
    Occasion.CLOSED: "您上报的事（{no}）已办结，{outcome}：{reply} 请您评价。",
    Occasion.MERGED: "您上报的事（{no}）已有人反映，与 {into} 一起处理。",
    Occasion.REOPENED: "您上报的事（{no}）重新处理，{due}答复您。",
}
_OUTCOMES: Final = {
    Outcome.SOLVED: "已解决",
    Outcome.EXPLAINED: "已答复",
    Outcome.NOT_SOLVED: "暂未解决",
}
PUSH_TITLE: Final = "您上报的事有进展"
_DUE_SOON: Final = "事件 {no} 即将到期，请尽快处置。"


def message_words(occasion: Occasion, **facts: str) -> str:
    """Write the message of an occasion; what is quoted is cut to a length one reads on a phone."""
    quoted = {name: _cut(facts.get(name, "")) for name in ("reply", "words")}
    return _SENTENCES[occasion].format(**(facts | quoted)).rstrip("：")


def outcome_words(outcome: Outcome | None) -> str:
    """Say what came of it."""
    return _OUTCOMES[outcome or Outcome.NOT_SOLVED]


def with_link(body: str, link: str, signature: str = "") -> str:
    """Put the tracking link behind a message, and before it the name that a carrier asks for."""
    signed = f"【{signature}】" if signature else ""
    return f"{signed}{body} 查看：{link}" if link else f"{signed}{body}"


def due_soon_words(no: str) -> str:
    """Warn whoever holds a case."""
    return _DUE_SOON.format(no=no)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTED_MAX_CHARACTERS else line[:QUOTED_MAX_CHARACTERS] + "……"

"""Duties and promises on boards and posters: ``/admin/wording``."""

from collections.abc import Mapping
from typing import ClassVar, Final

from gridapp.domain.fields import Field, Words
from gridapp.domain.printed_words import Wording, joined, lines_of, room_words
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.screens.kit.form_state import Preview
from gridapp.screens.kit.rule_list import RuleItem, RuleList
from gridapp.screens.kit.rule_page import rule_page
from gridapp.screens.kit.rule_state import RulePageState
from gridapp.screens.session import SessionState
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act
from gridapp.services.prints.views import Sheet
from gridapp.services.prints.wording import WordingView, list_wordings, printing_fault

_WORDS: Final = Field("words", "内容", Words(rows=5), needed=True)
_LABEL: Final = {
    Wording.WORKER_DUTIES: "网格员的职责",
    Wording.HEAD_DUTIES: "网格长的职责",
    Wording.BOARD_PROMISES: "公示牌上的承诺",
    Wording.POSTER_PROMISE: "海报上的承诺",
}
_WHERE: Final = {
    Wording.WORKER_DUTIES: "印在标准版公示牌上，每位网格员名下。大字版不印职责。",
    Wording.HEAD_DUTIES: "印在标准版公示牌上，每位网格长名下。大字版不印职责。",
    Wording.BOARD_PROMISES: "印在公示牌右下角，标准版和大字版都印。",
    Wording.POSTER_PROMISE: "印在楼栋海报上。没改过时，大字版印得短一些。",
}
_HANGS_ON: Final = {Wording.POSTER_PROMISE: Sheet.POSTER}


def _wording(view: WordingView) -> RuleItem:
    label, where = _LABEL[view.wording], _WHERE[view.wording]
    hangs_on = _HANGS_ON.get(view.wording, Sheet.BOARD)
    return RuleItem(
        view.wording.value, view.version, {"words": "\n".join(view.lines)}, label, where,
        lines=view.lines, label=label, notes=(f"{where}{room_words(view.wording)}",),
        link=f"/admin/print/walls?sheet={hangs_on.value}&kept=changed",
        is_own=view.is_own, ahead_count=view.ahead_count,
    )  # fmt: skip


def _weigh(_act: Act, code: str, typed: Mapping[str, str]) -> Preview:
    lines = lines_of(typed["words"])
    told = f"共{len(lines)}条，{len(joined(lines))}个字。" if lines else ""
    return Preview(printing_fault(Wording(code), lines), [told] if told else [])


class WordingState(RulePageState, SessionState):
    """The words that a street may write for its prints."""

    allowed: ClassVar = RULE_KEEPERS
    lists: ClassVar = (
        RuleList(
            RuleKind.WORDING, "职责和承诺", (_WORDS,),
            lambda act: [_wording(view) for view in list_wordings(act)],
            change=Deed.CHANGE_WORDING, weigh=_weigh,
            from_help="这一天以前印的，还用原来的内容。", saved="已保存，{when}印的用新内容。",
            restore="现在起印的用系统自带的内容，已经贴出去的在「张贴情况」里列为已过时。",
            restored="已恢复系统默认，现在起印的用默认内容。", link="看哪些要重印",
        ),
    )  # fmt: skip


rule_page(
    "/admin/wording",
    "职责和承诺",
    WordingState,
    what=(
        "公示牌和海报上由街道自己写的话。从生效那天起印的用新内容；"
        "已经贴出去的，那天起在「张贴情况」里列为已过时，等您重印。"
    ),
)

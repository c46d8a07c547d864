"""What messages say to reporters: ``/admin/texts``."""

from collections.abc import Mapping
from typing import ClassVar, Final

from gridapp.domain.fields import Field, Words
from gridapp.domain.labels import DEED
from gridapp.domain.message_words import sms_parts, text_fault
from gridapp.domain.ruling import RuleKind
from gridapp.domain.telling import Occasion
from gridapp.domain.vocabulary import Deed
from gridapp.screens.kit.form_state import Preview
from gridapp.screens.kit.rule_list import RuleItem, RuleList
from gridapp.screens.kit.rule_page import rule_page
from gridapp.screens.kit.rule_state import RulePageState
from gridapp.screens.session import SessionState
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act, the_desk
from gridapp.services.messages.texts import TextView, list_texts, sample_of

_WORDS: Final = Field(
    "words", "内容", Words(rows=5), needed=True, help="70字以内按一条计费，超过后每67字一条。"
)


def price_words(sample: str) -> str:
    """Say how long a message is, and as how many it is paid for."""
    signs, parts = sms_parts(sample)
    return f"连签名和链接约{signs}字，按{parts}条短信计费"


def _texts(act: Act) -> list[RuleItem]:
    settings = the_desk().settings
    return [_text(view) for view in list_texts(act, settings.sms_signature, settings.public_url)]


def _text(view: TextView) -> RuleItem:
    title = f"{DEED[view.deed]}后"
    blanks = " ".join(f"{{{name}}}" for name in view.placeholders)
    return RuleItem(
        view.occasion, view.version, {"words": view.words}, title, price_words(view.sample),
        lines=(view.words,), label=title, is_own=view.is_own,
        notes=(f"大括号里的名称不能改。这里可以用：{blanks}",),
    )  # fmt: skip


def _weigh(_act: Act, code: str, typed: Mapping[str, str]) -> Preview:
    occasion, plain = Occasion(code), " ".join(typed["words"].split())
    settings = the_desk().settings
    sample = sample_of(occasion, plain, settings.sms_signature, settings.public_url)
    return Preview(text_fault(occasion, plain), [price_words(sample)], sample)


class TextsState(RulePageState, SessionState):
    """The words of each occasion on which a reporter is told."""

    allowed: ClassVar = RULE_KEEPERS
    lists: ClassVar = (
        RuleList(
            RuleKind.TEXT, "短信内容", (_WORDS,), _texts, change=Deed.CHANGE_TEXT, weigh=_weigh,
            from_help="", saved="已保存，下一条短信就用新的内容。",
            restore="现在的内容换成系统自带的，下一条短信就用。原来的内容留在修改记录里。",
        ),
    )  # fmt: skip


rule_page(
    "/admin/texts",
    "短信内容",
    TextsState,
    what=(
        "上报人留了手机号，办到这些环节时会收到短信。"
        "大括号里的内容发送时自动填上，查询链接自动加在末尾。"
    ),
)

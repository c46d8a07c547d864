"""Reads danger to life or home out of what somebody wrote: it only ever raises, never calms.

A report that tells of danger goes to the inbox however many come in, so a word too many is cheap
and a word too few is not. Which category the reporter chose is looked at beside it.
"""

import re
import unicodedata
from typing import Final

from gridapp.domain.vocabulary import Urgency

PRESSING: Final = frozenset({Urgency.CRITICAL, Urgency.URGENT})


def _pattern(told: str) -> re.Pattern[str]:
    return re.compile(told.replace("<", "(?:").replace(">", ")"))


# ``<…|…>`` stands for one of several.
_DANGER: Final = _pattern(
    # fire, smoke, explosion
    "着火|起火|失火|火灾|火警|冒烟|浓烟|烟雾|冒火|火花|爆炸|烧起来|烧着|烧焦|焦糊|糊味|焦味|自燃|短路"
    # gas
    "|燃气|煤气|天然气|液化气|漏气|嘶嘶|一氧化碳|中毒"
    # electricity
    "|触电|漏电|电线.{0,6}<断|掉|垂|裸>|高压线|电击"
    # people in need
    "|救命|被困|困在|困住|关在|晕倒|昏迷|昏倒|倒地|没反应|叫不醒|不省人事|喘不|呼吸困难|抽搐|心梗|"
    "流血|出血|受伤|溺水|落水|坠楼|跳楼|轻生|自杀|不想活|遗书|走失|走丢|失踪|敲门.{0,6}<没人|不应>|"
    "没人应|好几天没见"
    # violence
    "|持刀|砍人|打人|打架|家暴|殴打|抢劫|闯入|威胁"
    # what gives way, and holes
    "|坍塌|倒塌|塌方|塌陷|塌了|要塌|要倒|开裂.{0,6}<大|危>|坠落|高空抛物|掉下来|砸到|砸伤|"
    "井盖.{0,6}<没|丢|缺|不见|掉>|掉进|陷进|深坑"
    # water in the house, ways out that are blocked
    "|爆管|水管爆|倒灌|被淹|淹到|水淹|进水|消防通道|安全出口|逃生|电梯.{0,8}<困|卡|坠|人>"
)


def sounds_dangerous(text: str) -> bool:
    """Tell whether a text speaks of danger, in whichever width its signs were typed."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _DANGER.search(plain) is not None


def is_pressing(urgency: Urgency, text: str) -> bool:
    """Tell whether a report must not wait: by its category, or by its words."""
    return urgency in PRESSING or sounds_dangerous(text)

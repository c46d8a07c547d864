"""Names the fields of a refused form as the form does (人数：应为整数)."""

from typing import Final

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed

_LABELS: Final = {
    "unit": "单元", "door": "门牌", "floor": "楼层", "name": "名称", "phone": "电话",
    "head_count": "人数", "tenure": "居住性质", "remarks": "备注", "kind": "类型", "spot": "位置",
    "trade": "业态", "credit_code": "统一社会信用代码（18位）", "contact": "负责人",
    "risk": "风险等级", "grid": "网格编码", "grids": "网格编码", "address": "地址",
    "unit_count": "单元数", "floor_count": "层数", "household_count": "户数", "outcome": "结果",
    "text": "发现了什么", "next_on": "下次检查", "kinds": "核查哪些登记", "ends_on": "到哪天结束",
    "words": "原因",
}  # fmt: skip
_HOME_NAME: Final = "户主"
_OF_HOMES: Final = frozenset({Deed.ENTER_HOUSEHOLD, Deed.AMEND_HOUSEHOLD})


def named(refusal: FactsError, deed: str, subject: str) -> FactsError:
    """Say which fields are wrong, unless the refusal says so in its own words."""
    fields: dict[str, str] = refusal.facts.get("fields") or {}
    if refusal.sentence != FactsError.sentence or not fields:
        return refusal
    is_home = deed in _OF_HOMES or (deed == Deed.VERIFY_RECORD and subject.endswith(" home"))
    told = [_sentence(place, words, is_home=is_home) for place, words in fields.items()]
    return FactsError("".join(dict.fromkeys(told)), fields=fields)


def _sentence(place: str, words: str, *, is_home: bool) -> str:
    if words.endswith("。"):
        return words
    name = place.rsplit(".", maxsplit=1)[-1]
    label = _HOME_NAME if is_home and name == "name" else _LABELS.get(name)
    return f"{label}：{words}。" if label else f"{words}。"

"""Turns what the administrators' forms sent into the facts of a deed."""

import re
from typing import Any, Final

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed

# A list of offered words has an id and no value: the browser sends nothing for it.
Form = dict[str, str | bool | None]

# The fields of each deed's form; what was left empty was not said, but for those kept empty.
_FIELDS: Final[dict[Deed, tuple[str, ...]]] = {
    Deed.ADD_PERSON: ("login", "name", "phone", "duty_phone"),
    Deed.CHANGE_PERSON: ("name", "phone", "duty_phone"),
    Deed.DISABLE_PERSON: ("words",),
    Deed.ENABLE_PERSON: ("words",),
    Deed.SHOW_FACE: ("photo", "agreed_on", "how"),
    Deed.HIDE_FACE: (),
    Deed.GIVE_POST: ("role", "grid", "title", "unit", "from_on", "to_on"),
    Deed.END_POST: ("last_on", "words"),
    Deed.HAND_OVER: ("to", "first_on", "words"),
    Deed.GIVE_LEAVE: ("deputy", "from_on", "to_on"),
    Deed.END_LEAVE: (),
    Deed.CONFIRM_POST: ("words",),
    Deed.REFUSE_POST: ("words",),
    Deed.REFUSE_RESET: ("words",),
    Deed.ADD_UNIT: ("code", "name", "phone", "street"),
    Deed.CHANGE_UNIT: ("name", "phone"),
    Deed.RETIRE_UNIT: ("to", "words"),
    Deed.UNLOCK: ("words",),
    Deed.END_SESSIONS: ("words",),
}
_NEEDED: Final[dict[Deed, dict[str, str]]] = {
    Deed.SHOW_FACE: {"photo": "请先选择照片，等它上传好。", "agreed_on": "请填同意的日期。"},
    Deed.GIVE_POST: {"grid": "请先搜索并选择网格。", "from_on": "请填开始日期。"},
    Deed.HAND_OVER: {"to": "请先搜索并选择接任的人。", "first_on": "请填接任日期。"},
    Deed.GIVE_LEAVE: {
        "deputy": "请先搜索并选择代班的人。",
        "from_on": "请填开始日期。",
        "to_on": "请填结束日期。",
    },
    Deed.END_POST: {"last_on": "请填最后一天。"},
}
_BETWEEN_TITLES: Final = re.compile(r"[、，,;；\n]+")
_GRID: Final = re.compile(r"grid ([A-Za-z0-9._-]{1,32})")


def facts_of(deed: Deed, form: Form) -> dict[str, Any]:
    """Give a deed's facts.

    Raises:
        FactsError: Something was not chosen that must be.
    """
    said = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    for name, sentence in _NEEDED.get(deed, {}).items():
        if not said.get(name):
            raise FactsError(sentence, fields={name: sentence})
    if deed is Deed.CHANGE_TITLES:
        titles = [one.strip() for one in _BETWEEN_TITLES.split(said.get("titles", ""))]
        return {"role": said.get("role", ""), "titles": [one for one in titles if one]}
    if deed is Deed.ASSIGN_UNIT:
        return {"grids": [found[1] for name in form if form[name] and (found := _GRID.match(name))]}
    facts: dict[str, Any] = {name: said[name] for name in _FIELDS[deed] if said.get(name)}
    if deed is Deed.GIVE_POST:
        facts["accountable"] = bool(form.get("accountable"))
    return facts

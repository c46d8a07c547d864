"""A phone that is none is refused by every deed, with the field and what was typed."""

from collections.abc import Iterator
from typing import Any, Final, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.areas.lines import copy_lines, list_lines
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.phones import read_phone
from gridapp.services.verbs import VERBS
from tests.cast import Cast
from tests.makers import a_case, do
from tests.services.register.records import household, shop
from tests.services.verification.rounds import a_round
from tests.services.visits.homes import a_household

NO_PHONE: Final = "021-62"
_HOME: Final = {"door": "401"}
# Every phone that a deed can be told: who does it, on what, and what else it needs.
FIELDS: Final[dict[tuple[Deed, str], tuple[str, dict[str, Any]]]] = {
    (Deed.LEAVE_PHONE, "phone"): ("", {}),
    (Deed.ADD_HOUSEHOLD, "phone"): ("li", {"name": "张", "kind": "hardship"}),
    (Deed.CHANGE_HOUSEHOLD, "phone"): ("li", {}),
    (Deed.ENTER_HOUSEHOLD, "phone"): ("li", _HOME),
    (Deed.AMEND_HOUSEHOLD, "phone"): ("li", {}),
    (Deed.ENTER_PREMISES, "phone"): ("li", {"name": "茶叶店", "kind": "shop"}),
    (Deed.AMEND_PREMISES, "phone"): ("li", {}),
    (Deed.VERIFY_RECORD, "household.phone"): ("li", {"outcome": "corrected"}),
    (Deed.VERIFY_RECORD, "premises.phone"): ("li", {"outcome": "corrected"}),
    (Deed.VERIFY_RECORD, "new_household.phone"): ("li", {"outcome": "new"}),
    (Deed.VERIFY_RECORD, "new_premises.phone"): ("li", {"outcome": "new"}),
    (Deed.SET_LINE_CONTACT, "phone"): ("admin", {"name": "周警官"}),
    (Deed.ADD_PERSON, "phone"): ("admin", {"login": "new", "name": "新人"}),
    (Deed.ADD_PERSON, "duty_phone"): ("admin", {"login": "new", "name": "新人"}),
    (Deed.CHANGE_PERSON, "phone"): ("admin", {"name": "李建国"}),
    (Deed.CHANGE_PERSON, "duty_phone"): ("admin", {"name": "李建国"}),
    (Deed.ADD_UNIT, "phone"): ("admin", {"code": "cg", "name": "城管", "street": "310107022"}),
    (Deed.CHANGE_UNIT, "phone"): ("admin", {"name": "市政所"}),
}


def _phones(facts: type[BaseModel], above: str = "") -> Iterator[str]:
    for name, field in facts.model_fields.items():
        if "phone" in name:
            yield above + name
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _phones(kind, f"{above}{name}.")


def test_no_phone_of_a_deed_is_left_out_here() -> None:
    every = {(deed, name) for deed, verb in VERBS.items() for name in _phones(verb.facts)}
    assert every == set(FIELDS)


@pytest.mark.parametrize(("deed", "field"), FIELDS)
def test_a_phone_that_is_none_is_refused(desk: Desk, cast: Cast, deed: Deed, field: str) -> None:
    who, told = FIELDS[deed, field]
    subject, more = _on(desk, cast, deed, field)
    facts: dict[str, Any] = told | more
    outer, _, inner = field.rpartition(".")
    facts |= {outer: facts.pop("inner", {}) | {inner: NO_PHONE}} if outer else {field: NO_PHONE}
    actor = cast.actor(who) if who else Actor(track=str(more.pop("track")))
    facts.pop("track", None)
    with pytest.raises(FactsError) as refused:
        do(desk, actor, deed, subject, **facts)
    assert NO_PHONE in refused.value.facts["fields"][inner]


def _on(desk: Desk, cast: Cast, deed: Deed, field: str) -> tuple[str, dict[str, Any]]:
    """Make what a deed is done on; gives the subject and the facts that name more."""
    at: dict[str, Any] = {"building": cast.code1}
    if deed is Deed.LEAVE_PHONE:
        case = a_case(desk, cast, Status.REPORTED)
        return case.no, {"track": case.track}
    if deed in {Deed.ADD_HOUSEHOLD, Deed.CHANGE_HOUSEHOLD}:
        contact = a_household(desk, cast)
        return (contact, {}) if deed is Deed.CHANGE_HOUSEHOLD else ("", {"at": cast.code1})
    if deed is Deed.VERIFY_RECORD:
        return _of_a_round(desk, cast, field)
    makers = {Deed.AMEND_HOUSEHOLD: household, Deed.AMEND_PREMISES: shop}
    if deed in makers:
        return makers[deed](desk, cast), {}
    if deed is Deed.ENTER_PREMISES:
        shop(desk, cast)
    if deed is Deed.SET_LINE_CONTACT:
        with desk.acting(cast.actor("admin")) as act:
            copy_lines(act)
            return "310107022001001", {"line": list_lines(act)[0].id}
    ids = {Deed.CHANGE_PERSON: cast.li, Deed.CHANGE_UNIT: cast.unit}
    return str(ids.get(deed, "")), at if deed in {Deed.ENTER_HOUSEHOLD, Deed.ENTER_PREMISES} else {}


def _of_a_round(desk: Desk, cast: Cast, field: str) -> tuple[str, dict[str, Any]]:
    home, place = household(desk, cast), shop(desk, cast)
    verification = a_round(desk, cast, kinds=["household", "shop"])
    facts: dict[str, Any] = {"verification": verification}
    if field.startswith("new_"):
        inner = _HOME if "household" in field else {"name": "茶叶店", "kind": "shop"}
        return "", facts | {"building": cast.code1, "inner": inner}
    return home if field.startswith("household") else place, facts


def test_a_reporters_phone_that_is_none_is_refused(desk: Desk, cast: Cast) -> None:
    facts = ReportFacts(at=cast.code1, text="路灯不亮", phone=NO_PHONE)
    with desk.acting(RESIDENT) as act, pytest.raises(FactsError, match=NO_PHONE):
        report_case(act, UUID(int=1), facts)


@pytest.mark.parametrize("typed", ["+86 138-0000-8000", "１３８ ００００８０００", "138.0000.8000"])
def test_a_phone_is_read_however_it_is_written(typed: str) -> None:
    assert read_phone(typed) == "13800008000"


def test_no_phone_is_none_kept_unless_it_is_needed() -> None:
    assert read_phone("  ") == read_phone(None) == ""
    with pytest.raises(FactsError, match="电话「」好像不对，请填手机号或带区号的座机。"):
        read_phone("", needed=True)

"""The town's own words and numbers for its tree: names of levels, households of a micro-grid."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field, model_validator
from sqlmodel import col, select

from gridapp.domain.areas import HouseholdLimits
from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.labels import GRID_LEVEL
from gridapp.domain.ruling import day_fault
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.hold import hold_tree
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import TownFact

_FACT: Final = "area.rules"
LEVEL_NAME_MAX_CHARACTERS: Final = 8
_MOST_HOUSEHOLDS: Final = 100_000


class AreaRulesFacts(Facts):
    """What the levels are called here, and how many households a micro-grid has.

    Args:
        from_on: From which Beijing day on; today when none is named. Another day takes the place
            of what lay ahead before.
        drop_ahead: Whether what lies ahead is given up instead; nothing else is changed then.
    """

    level_names: dict[
        GridLevel, Annotated[str, Field(min_length=1, max_length=LEVEL_NAME_MAX_CHARACTERS)]
    ]
    least: Annotated[int, Field(ge=0, le=_MOST_HOUSEHOLDS)]
    most: Annotated[int, Field(ge=1, le=_MOST_HOUSEHOLDS)]
    from_on: Day | None = None
    drop_ahead: bool = False

    @model_validator(mode="after")
    def _least_is_not_more(self) -> "AreaRulesFacts":
        if self.least > self.most:
            raise ValueError("下限不能高于上限")
        return self


@dataclass(frozen=True)
class AreaRulesView:
    """The rules in force; ``version`` counts their changes.

    Args:
        ahead: What will hold from a later day on, in the same shape; None when nothing will.
        ahead_on: That day.
    """

    level_names: dict[GridLevel, str]
    limits: HouseholdLimits
    version: int
    ahead: "AreaRulesView | None" = None
    ahead_on: date | None = None


def see_area_rules(act: Act) -> AreaRulesView:
    """Read the rules; what was never changed is as everywhere. Anybody may: they are words."""
    # Not by ``get``: what the session has seen before is not asked again.
    found = act.session.exec(select(TownFact.value).where(col(TownFact.key) == _FACT)).first()
    kept: dict[str, Any] = found or {}
    ahead: dict[str, Any] = kept.get("ahead") or {}
    if not ahead:
        return _view(kept)
    on = date.fromisoformat(ahead["from_on"])
    if on <= beijing_date(act.now):
        return _view(kept | ahead)
    return replace(_view(kept), ahead=_view(kept | ahead), ahead_on=on)


def _view(kept: dict[str, Any]) -> AreaRulesView:
    names = kept.get("level_names", {})
    return AreaRulesView(
        {level: names.get(level.value) or GRID_LEVEL[level] for level in GridLevel},
        HouseholdLimits(**{name: kept[name] for name in ("least", "most") if name in kept}),
        int(kept.get("version", 0)),
    )


def level_names(act: Act) -> dict[GridLevel, str]:
    """Tell what the levels are called here."""
    return see_area_rules(act).level_names


@verb(Deed.SET_AREA_RULES, AreaRulesFacts)
def set_area_rules(act: Act, order: Order, facts: AreaRulesFacts) -> dict[str, Any]:
    """Change the rules; no grid changes by it, only how it is called and whether it fits.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        FactsError: Two levels would be called the same, or the day has passed.
        ConflictError: Somebody has changed them meanwhile.
    """
    demand(act, Deed.SET_AREA_RULES)
    hold_tree(act)
    before = see_area_rules(act)
    if order.version is not None and order.version != before.version:
        raise ConflictError("规则刚有人改过，请刷新后再改。")
    today = beijing_date(act.now)
    on = facts.from_on or today
    if fault := day_fault(on, today):
        raise FactsError(fault, fields={"from_on": fault})
    value = _plain(before) | {"version": before.version + 1}
    ahead = _ahead_of(before)
    if facts.drop_ahead:
        ahead = {}
    elif on == today:
        value |= _told(facts, before)
    else:
        ahead = _told(facts, before) | {"from_on": on.isoformat()}
    value |= {"ahead": ahead} if ahead else {}
    act.session.merge(TownFact(key=_FACT, value=value))
    was = _plain(before) | ({"ahead": _ahead_of(before)} if before.ahead else {})
    write_audit(act, Deed.SET_AREA_RULES, _FACT, before=was, after=value)
    return {"receipt": str(order.uid), "version": value["version"]}


def _told(facts: AreaRulesFacts, before: AreaRulesView) -> dict[str, Any]:
    names = {level: facts.level_names.get(level, before.level_names[level]) for level in GridLevel}
    if len({name.strip() for name in names.values()}) < len(names):
        raise FactsError("两个层级不能同名。", fields={"level_names": "两个层级不能同名。"})
    return {
        "level_names": {level.value: name.strip() for level, name in names.items()},
        "least": facts.least, "most": facts.most,
    }  # fmt: skip


def _ahead_of(view: AreaRulesView) -> dict[str, Any]:
    if view.ahead is None or view.ahead_on is None:
        return {}
    return _plain(view.ahead) | {"from_on": view.ahead_on.isoformat()}


def _plain(view: AreaRulesView) -> dict[str, Any]:
    names = {level.value: name for level, name in view.level_names.items()}
    return {"level_names": names, "least": view.limits.least, "most": view.limits.most}

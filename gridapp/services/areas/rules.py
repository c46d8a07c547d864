"""The town's own words and numbers for its tree: names of levels, households of a micro-grid."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field, model_validator
from sqlmodel import col, select

from gridapp.domain.areas import HouseholdLimits
from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.labels import GRID_LEVEL
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.areas.hold import hold_tree
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.tables import TownFact

_FACT: Final = "area.rules"
LEVEL_NAME_MAX_CHARACTERS: Final = 8
_MOST_HOUSEHOLDS: Final = 100_000


class AreaRulesFacts(Facts):
    """What the levels are called here, and how many households a micro-grid has."""

    level_names: dict[
        GridLevel, Annotated[str, Field(min_length=1, max_length=LEVEL_NAME_MAX_CHARACTERS)]
    ]
    least: Annotated[int, Field(ge=0, le=_MOST_HOUSEHOLDS)]
    most: Annotated[int, Field(ge=1, le=_MOST_HOUSEHOLDS)]

    @model_validator(mode="after")
    def _least_is_not_more(self) -> "AreaRulesFacts":
        if self.least > self.most:
            raise ValueError("下限不能高于上限")
        return self


@dataclass(frozen=True)
class AreaRulesView:
    """The rules in force; ``version`` counts their changes."""

    level_names: dict[GridLevel, str]
    limits: HouseholdLimits
    version: int


def see_area_rules(act: Act) -> AreaRulesView:
    """Read the rules; what was never changed is as everywhere. Anybody may: they are words."""
    # Not by ``get``: what the session has seen before is not asked again.
    found = act.session.exec(select(TownFact.value).where(col(TownFact.key) == _FACT)).first()
    kept: dict[str, Any] = found or {}
    names = kept.get("level_names", {})
    return AreaRulesView(
        {level: names.get(level.value) or GRID_LEVEL[level] for level in GridLevel},
        HouseholdLimits(**{name: kept[name] for name in ("least", "most") if name in kept}),
        int(kept.get("version", 0)),
    )


def level_names(act: Act) -> dict[GridLevel, str]:
    """Tell what the levels are called here."""
    return see_area_rules(act).level_names


def set_area_rules(act: Act, order: Order, facts: AreaRulesFacts) -> dict[str, Any]:
    """Change the rules; no grid changes by it, only how it is called and whether it fits.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        FactsError: Two levels would be called the same.
        ConflictError: Somebody has changed them meanwhile.
    """
    demand(act, Deed.SET_AREA_RULES)
    hold_tree(act)
    before = see_area_rules(act)
    if order.version is not None and order.version != before.version:
        raise ConflictError("规则刚有人改过，请刷新后再改。")
    names = {level: facts.level_names.get(level, before.level_names[level]) for level in GridLevel}
    if len({name.strip() for name in names.values()}) < len(names):
        raise FactsError("两个层级不能同名。", fields={"level_names": "两个层级不能同名。"})
    value = {
        "level_names": {level.value: name.strip() for level, name in names.items()},
        "least": facts.least, "most": facts.most, "version": before.version + 1,
    }  # fmt: skip
    act.session.merge(TownFact(key=_FACT, value=value))
    write_audit(act, Deed.SET_AREA_RULES, _FACT, before=_plain(before), after=value)
    return {"receipt": str(order.uid), "version": value["version"]}


def _plain(view: AreaRulesView) -> dict[str, Any]:
    names = {level.value: name for level, name in view.level_names.items()}
    return {"level_names": names, "least": view.limits.least, "most": view.limits.most}

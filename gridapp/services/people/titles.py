"""The titles that a street offers for each role; examples until it says otherwise (职务名称)."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlmodel import select

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.labels import ROLE
from gridapp.domain.titles import EXAMPLE_TITLES
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.verbs import verb
from gridapp.tables import TownFact

_FACT: Final = "post_titles"
_MOST: Final = 30

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class ChangeTitlesFacts(Facts):
    """All titles of one role, in the order in which they are offered."""

    role: Role
    titles: Annotated[tuple[Title, ...], Field(max_length=_MOST)]


@dataclass(frozen=True)
class TitlesView:
    """The titles of a role; ``version`` counts the changes of all titles."""

    role: Role
    label: str
    titles: tuple[str, ...]


def list_titles(act: Act) -> tuple[TitlesView, ...]:
    """List the titles of every role that has a choice of them.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    kept = _kept(act.session.get(TownFact, _FACT))
    return tuple(
        TitlesView(role, ROLE[role], tuple(kept.get(role.value, examples)))
        for role, examples in EXAMPLE_TITLES.items()
    )


def titles_version(act: Act) -> int:
    """Tell how often the titles have been changed."""
    fact = act.session.get(TownFact, _FACT)
    return int(fact.value["version"]) if fact else 0


@verb(Deed.CHANGE_TITLES, ChangeTitlesFacts)
def change_titles(act: Act, order: Order, facts: ChangeTitlesFacts) -> dict[str, Any]:
    """Say anew which titles a role has; posts that were given keep theirs.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: This role has no titles.
        ConflictError: Somebody has changed the titles meanwhile.
    """
    demand(act, Deed.CHANGE_TITLES)
    if facts.role not in EXAMPLE_TITLES:
        raise FactsError(fields={"role": "这个岗位没有可选的职务名称。"})
    fact = act.session.exec(
        select(TownFact).where(TownFact.key == _FACT).with_for_update()
    ).one_or_none()
    version = int(fact.value["version"]) if fact else 0
    if order.version is not None and order.version != version:
        raise ConflictError(current={"version": version})
    titles = {**_kept(fact), facts.role.value: list(dict.fromkeys(facts.titles))}
    value = {"version": version + 1, "titles": titles}
    if fact is None:
        act.session.add(TownFact(key=_FACT, value=value))
    else:
        fact.value = value
    write_audit(act, Deed.CHANGE_TITLES, f"role:{facts.role.value}")
    return {"receipt": str(order.uid), "version": version + 1}


def _kept(fact: TownFact | None) -> dict[str, list[str]]:
    return dict(fact.value["titles"]) if fact else {}

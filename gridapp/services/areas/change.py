"""Changes the tree: planned, shown, agreed to, and then done exactly so or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from pydantic import ValidationError

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.carry import carry_out
from gridapp.services.areas.chronicle import Chronicle
from gridapp.services.areas.facts import (
    AddAreaFacts,
    AreaFacts,
    MergeAreasFacts,
    MoveAreaFacts,
    ReassignFacts,
    RenameAreaFacts,
    RetireAreaFacts,
    SplitAreaFacts,
)
from gridapp.services.areas.hold import hold_tree
from gridapp.services.areas.plan import Plan, PreviewView, preview_of
from gridapp.services.areas.plan_join import plan_merge, plan_reassign
from gridapp.services.areas.plan_one import plan_add, plan_move, plan_rename, plan_retire
from gridapp.services.areas.plan_split import plan_split
from gridapp.services.areas.seams import join_outlines
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.fieldwords import field_words
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.services.verbs import verb
from gridapp.tables import Grid

STALE: Final = "预览之后情况有变化，什么都没有改动。请看新的预览，再确认一次。"


@dataclass(frozen=True)
class _Planner:
    """What a change is told, and how it is planned."""

    facts: type[AreaFacts]
    plan: Callable[[Act, str, Any], Plan]


PLANNERS: Final[Mapping[Deed, _Planner]] = {
    Deed.ADD_AREA: _Planner(AddAreaFacts, plan_add),
    Deed.RENAME_AREA: _Planner(RenameAreaFacts, plan_rename),
    Deed.MOVE_AREA: _Planner(MoveAreaFacts, plan_move),
    Deed.RETIRE_AREA: _Planner(RetireAreaFacts, plan_retire),
    Deed.SPLIT_AREA: _Planner(SplitAreaFacts, plan_split),
    Deed.MERGE_AREAS: _Planner(MergeAreasFacts, plan_merge),
    Deed.REASSIGN: _Planner(ReassignFacts, plan_reassign),
}


def see_preview(act: Act, deed: Deed, subject: str, given: dict[str, Any]) -> PreviewView:
    """Show what a change would do, without doing it.

    Raises:
        NotAllowedError: Not for this role.
        GridappError: Whatever the change itself would refuse.
    """
    demand(act, deed)
    planner = PLANNERS[deed]
    try:
        facts = planner.facts.model_validate(given)
    except ValidationError as error:
        raise FactsError(fields=field_words(error.errors(include_url=False))) from error
    return preview_of(planner.plan(act, subject, facts))


def change_tree(act: Act, order: Order, facts: AreaFacts) -> dict[str, Any]:
    """Do a change that somebody has seen the preview of and agreed to.

    Raises:
        ConflictError: It would do something else than the preview said; ``current`` is the new one.
        GridappError: Whatever the change itself refuses.
    """
    deed = Deed(order.deed)
    demand(act, deed)
    hold_tree(act)
    plan = PLANNERS[deed].plan(act, order.subject, facts)
    if facts.agreed != plan.digest:
        raise ConflictError(STALE, current=asdict(preview_of(plan)))
    grid = do_plan(act, plan)
    return {
        "receipt": str(order.uid),
        "code": grid.code,
        "made": [new.code for new in plan.new],
    }


def do_plan(act: Act, plan: Plan) -> Grid:
    """Do what is planned, with history and audit, whoever planned it; gives the plan's own grid.

    Whoever calls it holds the tree.

    Raises:
        ConflictError: A row is no longer as it was planned.
    """
    chronicle = Chronicle(act, plan)
    join_outlines(act, plan.grid_id, plan.outlines)
    made = carry_out(act, plan)
    chronicle.write(made)
    grid = act.session.get_one(Grid, made[plan.grid_id])
    write_audit(act, plan.deed, f"grid:{grid.id}", plan.words, says=list(plan.says))
    return grid


for _deed, _planner in PLANNERS.items():
    verb(_deed, _planner.facts)(change_tree)

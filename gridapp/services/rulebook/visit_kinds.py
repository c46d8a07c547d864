"""The reasons to visit, kept by the administrators: their names and how often (走访类别)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.ruling import RuleKind
from gridapp.domain.visiting import VISIT_KIND_FIELDS
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.field_models import facts_model
from gridapp.services.permit import demand
from gridapp.services.rules.table_deeds import RetireFacts, adder, changer
from gridapp.services.rules.tables import RuleTable, declare, open_row
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import ContactHousehold, VisitKind

VISIT_KINDS: Final = declare(
    RuleTable(
        RuleKind.VISIT_KIND, VisitKind, VISIT_KIND_FIELDS, keeper=Deed.CHANGE_VISIT_KIND,
        prefix="v",
    )
)  # fmt: skip
VisitKindFacts = facts_model(
    "VisitKindFacts", "What changes of a reason to visit, and from when.", VISIT_KIND_FIELDS,
    from_on=(Day | None, None),
)  # fmt: skip
AddVisitKindFacts = facts_model(
    "AddVisitKindFacts", "A new reason to visit.", VISIT_KIND_FIELDS, is_new=True,
    from_on=(Day | None, None),
)  # fmt: skip
add_visit_kind = verb(Deed.ADD_VISIT_KIND, AddVisitKindFacts)(adder(VISIT_KINDS))
change_visit_kind = verb(Deed.CHANGE_VISIT_KIND, VisitKindFacts)(changer(VISIT_KINDS))
verb(Deed.RETIRE_VISIT_KIND, RetireFacts)(change_visit_kind)


@dataclass(frozen=True)
class KindUseView:
    """What hangs on a reason to visit: households in touch, and those of them due by today."""

    households_count: int
    due_count: int


def see_kind_use(act: Act, code: str) -> KindUseView:
    """Count what hangs on a reason to visit; all of it goes on when the reason is retired.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such reason.
    """
    demand(act, Deed.RETIRE_VISIT_KIND)
    row = open_row(act, VISIT_KINDS, code)
    due = func.count().filter(col(ContactHousehold.next_on) <= beijing_date(act.now))
    households, due_count = act.session.execute(
        select(func.count(), due).where(
            col(ContactHousehold.kind_id) == row.id, col(ContactHousehold.ended_at).is_(None)
        )
    ).one()
    return KindUseView(households, due_count)

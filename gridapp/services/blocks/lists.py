"""Lists what is blocked in the own street: those that stand first, then those that are over."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.clockwords import day_words, moment_words
from gridapp.domain.vocabulary import AsideReason, Deed, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Block, Case, Grid, Person

_MAX_COUNT: Final = 100
_By = aliased(Person)
_Lifter = aliased(Person)


@dataclass(frozen=True)
class BlockView:
    """A block as staff reads it; who it is stays masked."""

    id: int
    version: int
    kind: str
    label: str
    reason: str
    made_words: str
    ends_words: str
    lifted_words: str
    stands: bool


def list_blocks(act: Act) -> tuple[BlockView, ...]:
    """List the blocks in reach.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.BLOCK)
    within = select(col(Grid.id)).where(grids_within(act.actor, Deed.BLOCK))
    stands = and_(col(Block.lifted_at).is_(None), col(Block.ends_at) > act.now)
    found = act.session.execute(
        select(Block, col(_By.name), col(_Lifter.name))
        .outerjoin(_By, col(_By.id) == col(Block.made_by_id))
        .outerjoin(_Lifter, col(_Lifter.id) == col(Block.lifted_by_id))
        .where(col(Block.street_id).in_(within))
        .order_by(case((stands, 0), else_=1), col(Block.id).desc())
        .limit(_MAX_COUNT)
    ).all()
    return tuple(_view(act, row, by or "系统", lifter or "") for row, by, lifter in found)


def _view(act: Act, row: Block, by: str, lifter: str) -> BlockView:
    assert row.id is not None
    lifted = row.lifted_at
    return BlockView(
        id=row.id,
        version=row.version,
        kind=row.kind.value,
        label=row.label,
        reason=row.reason,
        made_words=f"{by} {moment_words(act.now, row.made_at)}",
        ends_words=f"到{day_words(act.now, beijing_date(row.ends_at))}为止",
        lifted_words=(
            f"{lifter} {moment_words(act.now, lifted)} 解除：{row.lift_reason}" if lifted else ""
        ),
        stands=lifted is None and row.ends_at > act.now,
    )


def count_held(act: Act) -> int:
    """Count the reports in reach that a block has set aside and that wait to be looked at."""
    within = select(col(Grid.id)).where(grids_within(act.actor, Deed.BLOCK))
    count: int = act.session.execute(
        select(func.count()).where(
            col(Case.aside_for) == AsideReason.BLOCKED,
            col(Case.status) == Status.REPORTED,
            col(Case.grid_id).in_(within),
        )
    ).scalar_one()
    return count

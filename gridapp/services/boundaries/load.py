"""Imports the boundaries of a file, all of them or none, and takes the last import back."""

from typing import Annotated, Any, Final

from pydantic import Field
from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.boundaries.ledger import Drawn, next_edition, write
from gridapp.services.boundaries.plan import make_plan
from gridapp.services.boundaries.planned import PlanFacts
from gridapp.services.boundaries.shapes import shape_from
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand, open_grid
from gridapp.services.verbs import verb
from gridapp.tables import Boundary, BoundaryBatch, Grid

_ID_DIGITS: Final = 9
_NAMES_MAX_COUNT: Final = 5


class ImportFacts(PlanFacts):
    """A plan to be carried out; ``edition`` is of the boundaries that its dry run looked at."""

    edition: Annotated[int, Field(ge=0, le=2**31 - 1)]
    file_name: Annotated[str, Field(max_length=120)] = ""


class UndoFacts(Facts):
    """Nothing but the will to undo."""


@verb(Deed.IMPORT_BOUNDARIES, ImportFacts)
def import_boundaries(act: Act, order: Order, facts: ImportFacts) -> dict[str, Any]:
    """Import what the dry run of the same facts has shown, under the grid of the subject.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: The plan has open questions; each is named.
        ConflictError: Boundaries have changed since the dry run.
        BoundaryFileError: The file cannot be read.
    """
    plan = make_plan(act, order.subject, facts)
    next_edition(act, facts.edition)
    if plan.questions:
        raise FactsError(plan.questions[0], fields={"file": plan.questions[0]})
    batch = BoundaryBatch(
        source=BoundarySource.IMPORTED, datum=facts.datum, top_id=plan.top.grid_id,
        file_name=facts.file_name, sha256=facts.file, grid_count=len(plan.taken),
        at=act.now, actor_id=act.actor.person_id,
    )  # fmt: skip
    act.session.add(batch)
    act.session.flush()
    write(
        act,
        [
            Drawn(row.target.grid_id, row.shape, BoundarySource.IMPORTED, facts.datum, batch.id)
            for row in plan.taken
            if row.target is not None
        ],
    )
    write_audit(
        act, Deed.IMPORT_BOUNDARIES, f"boundary_batch:{batch.id}", file=facts.file_name,
        grid=order.subject, count=batch.grid_count, datum=facts.datum.value,
    )  # fmt: skip
    return {"receipt": str(order.uid), "batch": batch.id, "count": batch.grid_count}


@verb(Deed.UNDO_BOUNDARIES, UndoFacts)
def undo_boundaries(act: Act, order: Order, _facts: UndoFacts) -> dict[str, Any]:
    """Undo an import or a sketch: every grid of it gets back what it had before.

    Raises:
        NotThereError: No such import, or out of reach.
        ConflictError: It is undone already, or one of its grids was changed since.
    """
    demand(act, Deed.UNDO_BOUNDARIES)
    batch = _open_batch(act, order.subject)
    next_edition(act)
    done = act.session.execute(
        update(BoundaryBatch)
        .where(col(BoundaryBatch.id) == batch.id, col(BoundaryBatch.undone_at).is_(None))
        .values(undone_at=act.now, undone_by_id=act.actor.person_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise ConflictError("这一次已经撤销过了。")
    rows = act.session.execute(
        select(col(Boundary.grid_id), col(Boundary.version)).where(
            col(Boundary.batch_id) == batch.id
        )
    ).all()
    _demand_untouched(act, batch, [grid_id for grid_id, _version in rows])
    write(act, [_former(act, grid_id, version) for grid_id, version in rows])
    write_audit(act, Deed.UNDO_BOUNDARIES, f"boundary_batch:{batch.id}", count=len(rows))
    return {"receipt": str(order.uid), "batch": batch.id, "count": len(rows)}


def _open_batch(act: Act, subject: str) -> BoundaryBatch:
    if not (subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS):
        raise NotThereError
    batch = act.session.get(BoundaryBatch, int(subject))
    if batch is None:
        raise NotThereError
    open_grid(act, act.session.get_one(Grid, batch.top_id).code, Deed.UNDO_BOUNDARIES)
    return batch


def _demand_untouched(act: Act, batch: BoundaryBatch, ids: list[int]) -> None:
    """Refuse to undo what others have built on."""
    changed = act.session.execute(
        select(col(Grid.name))
        .join(Boundary, col(Boundary.grid_id) == col(Grid.id))
        .where(col(Boundary.grid_id).in_(ids), col(Boundary.batch_id).is_distinct_from(batch.id))
        .where(col(Boundary.id) > _first_of(batch))
        .order_by(col(Grid.code))
    ).all()
    names = list(dict.fromkeys(name for (name,) in changed))
    if names:
        told = "、".join(names[:_NAMES_MAX_COUNT])
        more = "等" if len(names) > _NAMES_MAX_COUNT else ""
        raise ConflictError(f"导入以后又改过{told}{more}的边界，不能整批撤销。请逐个修改。")


def _first_of(batch: BoundaryBatch) -> Any:
    return (
        select(col(Boundary.id))
        .where(col(Boundary.batch_id) == batch.id)
        .order_by(col(Boundary.id))
        .limit(1)
        .scalar_subquery()
    )


def _former(act: Act, grid_id: int, version: int) -> Drawn:
    """Give the version before as a new one; where there was none, nothing stands."""
    row: Boundary | None = act.session.execute(
        select(Boundary).where(
            col(Boundary.grid_id) == grid_id, col(Boundary.version) == version - 1
        )
    ).scalar_one_or_none()
    if row is None or row.wkb is None:
        return Drawn(grid_id, None, BoundarySource.IMPORTED)
    return Drawn(grid_id, shape_from(row.wkb), row.source, row.datum, row.batch_id)

"""Carries a plan out, to the row: what no longer is as it was planned refuses the whole."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import CursorResult, Update, case, func, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import GridKind, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.domain.workflow import OPEN
from gridapp.services.areas.plan import Plan, PostShift, Shift
from gridapp.services.desk import Act
from gridapp.services.people.contacts import batched_ids
from gridapp.services.people.handovers import follow_post
from gridapp.tables import (
    Building,
    Case,
    CaseStep,
    Grid,
    GridPair,
    PatrolPoint,
    PatrolRoster,
    Post,
)

_CHANGED: Final = "情况刚刚又有变化，什么都没有改动，请再看一遍预览。"


class Made(dict[int, int]):
    """The ids of the grids that were made, by their planned numbers; others are themselves."""

    def __missing__(self, number: int) -> int:
        return number


def carry_out(act: Act, plan: Plan) -> Made:
    """Do what is planned; gives the ids of the grids that were made.

    Raises:
        ConflictError: A row is no longer as it was planned.
    """
    made = Made()
    for new in plan.new:
        row = Grid(code=new.code, name=new.name, level=new.level, kind=new.kind,
                   parent_id=made[new.above] or None, path="/", lng_wgs84=new.lng_wgs84,
                   lat_wgs84=new.lat_wgs84, household_count=new.household_count)  # fmt: skip
        act.session.add(row)
        act.session.flush()
        assert row.id is not None
        row.path = f"{_path(act, row.parent_id)}{row.id}/"
        act.session.flush()
        made[new.ref] = row.id
    for edit in plan.edits:
        value: Any = GridKind(edit.after) if edit.name == "kind" else edit.after
        setattr(act.session.get_one(Grid, edit.grid_id), edit.name, value)
    act.session.flush()
    for hang in plan.hangs:
        rehang(act, hang.id, made[hang.to])
    _shift_rows(act, plan, made)
    for post in plan.posts:
        _shift_post(act, post, made)
    _end_posts(act, plan.ended_posts)
    for flow in plan.flows:
        _count_elsewhere(act, made[flow.from_id], made[flow.to], flow.households)
    _retire(act, [shift.id for shift in plan.retired])
    act.session.flush()
    act.session.expire_all()
    return made


def _path(act: Act, grid_id: int | None) -> str:
    return act.session.get_one(Grid, grid_id).path if grid_id else "/"


def rehang(act: Act, grid_id: int, above_id: int) -> None:
    """Hang a grid with all that is below it under another one: every path below is rewritten.

    Raises:
        ConflictError: It would hang under itself.
    """
    row, above = act.session.get_one(Grid, grid_id), act.session.get_one(Grid, above_id)
    act.session.refresh(row)
    act.session.refresh(above)
    old, path = row.path, col(Grid.path)
    if above.path.startswith(old):
        raise ConflictError("上级不能是自己或自己的下级。")
    act.session.execute(
        update(Grid)
        .where(path.startswith(old, autoescape=True))
        .values(path=f"{above.path}{row.id}/" + func.substr(path, len(old) + 1))
        .execution_options(synchronize_session=False)
    )
    row.parent_id = above.id
    act.session.flush()
    act.session.refresh(row)


def _by_target(shifts: Iterable[Shift], made: Made) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for shift in shifts:
        found[made[shift.to]].append(shift.id)
    return found


def _shift_rows(act: Act, plan: Plan, made: Made) -> None:
    for to, ids in _by_target(plan.buildings, made).items():
        standing = update(Building).where(col(Building.retired_at).is_(None))
        _update(act, standing, col(Building.id), ids, grid_id=to)
    for to, ids in _by_target(plan.cases, made).items():
        _update(act, update(Case).where(col(Case.status).in_(OPEN)), col(Case.id), ids, grid_id=to)
        _write_steps(act, plan, ids)
    for to, ids in _by_target(plan.points, made).items():
        used = update(PatrolPoint).where(col(PatrolPoint.retired_at).is_(None))
        # Whoever has the point's form open is told that it has changed.
        version = col(PatrolPoint.version) + 1
        _update(act, used, col(PatrolPoint.id), ids, grid_id=to, version=version)
    for to, ids in _by_target(plan.rosters, made).items():
        _update(act, update(PatrolRoster), col(PatrolRoster.id), ids, grid_id=to)


def _update(act: Act, change: Update, key: Any, ids: list[int], **values: Any) -> None:
    """Change exactly these rows.

    Raises:
        ConflictError: One of them is no longer as it was planned.
    """
    count = 0
    for some in batched_ids(ids):
        done = act.session.execute(
            change.where(key.in_(some))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        assert isinstance(done, CursorResult)
        count += done.rowcount
    if count != len(ids):
        raise ConflictError(_CHANGED)


def _write_steps(act: Act, plan: Plan, ids: list[int]) -> None:
    """Write into each case that its grid has changed; its version stays, for its life does."""
    found: dict[int, Status] = {}
    for some in batched_ids(ids):
        rows = select(col(Case.id), col(Case.status)).where(col(Case.id).in_(some))
        found.update((case_id, status) for case_id, status in act.session.execute(rows))
    act.session.add_all(
        CaseStep(case_id=case_id, deed=plan.deed, status_from=status, status_to=status,
                 actor_id=act.actor.person_id, at=act.now, words=plan.words)
        for case_id, status in found.items()
    )  # fmt: skip


def _shift_post(act: Act, shift: PostShift, made: Made) -> None:
    old = act.session.get_one(Post, shift.id)
    today = beijing_date(act.now)
    new = Post(
        person_id=old.person_id, grid_id=made[shift.to], unit_id=old.unit_id, role=old.role,
        title=old.title, accountable=shift.accountable, from_on=max(today, old.from_on),
        to_on=old.to_on,
    )  # fmt: skip
    if shift.ends:
        _end_posts(act, (shift.id,))
    act.session.add(new)
    act.session.flush()
    if shift.ends:
        assert new.id is not None
        follow_post(act, shift.id, new.id)


def _end_posts(act: Act, ids: Iterable[int]) -> None:
    """End posts with yesterday: a post and the one that follows it never reach both grids."""
    yesterday = beijing_date(act.now) - timedelta(days=1)
    for post_id in ids:
        act.session.get_one(Post, post_id).to_on = yesterday
    act.session.flush()


def _count_elsewhere(act: Act, from_id: int, to_id: int, count: int) -> None:
    """Count households that were told for a grid in another one and in those above it."""
    # What buildings tell is added up from them, wherever they lie; it is no part of this.
    count = min(count, act.session.get_one(Grid, from_id).household_count) if from_id else count
    out, into = (set(_path(act, grid_id).strip("/").split("/")) for grid_id in (from_id, to_id))
    households = col(Grid.household_count)
    less, more = ({int(part) for part in parts if part} for parts in (out - into, into - out))
    for ids, value in ((less, households - count), (more, households + count)):
        act.session.execute(
            update(Grid)
            .where(col(Grid.id).in_(ids))
            .values(household_count=case((value > 0, value), else_=0))
            .execution_options(synchronize_session=False)
        )


def _retire(act: Act, ids: list[int]) -> None:
    """Retire grids; whoever was paired with one is paired no longer."""
    if not ids:
        return
    used = update(Grid).where(col(Grid.retired_at).is_(None))
    _update(act, used, col(Grid.id), ids, retired_at=act.now)
    act.session.execute(
        update(GridPair)
        .where(col(GridPair.dedicated_id).in_(ids) | col(GridPair.micro_id).in_(ids))
        .where(col(GridPair.ended_at).is_(None))
        .values(ended_at=act.now, ended_by_id=act.actor.person_id)
        .execution_options(synchronize_session=False)
    )

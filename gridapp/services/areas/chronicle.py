"""Writes a change of the tree into the history of every grid that it touches, and reads it back."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.labels import GRID_KIND
from gridapp.services.areas.carry import Made
from gridapp.services.areas.plan import Plan
from gridapp.services.desk import Act
from gridapp.services.people.contacts import batched_ids
from gridapp.tables import Building, Grid, GridChange, Person

_NAMES_MOST: Final = 20
HISTORY_PAGE_COUNT: Final = 20

Facts = dict[str, Any]


class Chronicle:
    """What each grid was before, read before the plan is carried out."""

    def __init__(self, act: Act, plan: Plan) -> None:
        self.act, self.plan = act, plan
        self.before: dict[int, Facts] = defaultdict(dict)
        self.after: dict[int, Facts] = defaultdict(dict)
        self.homes = self._homes([shift.id for shift in plan.buildings])
        self.above = {
            shift.id: act.session.get_one(Grid, shift.id).parent_id for shift in plan.hangs
        }

    def _homes(self, ids: list[int]) -> dict[int, tuple[str, int]]:
        query = select(col(Building.id), col(Building.name), col(Building.grid_id))
        rows = [
            row
            for some in batched_ids(ids)
            for row in self.act.session.execute(query.where(col(Building.id).in_(some)))
        ]
        return {building_id: (name, grid_id) for building_id, name, grid_id in rows}

    def write(self, made: Made) -> None:
        """Append one row for each grid that the plan touched."""
        self._tell_new(made)
        for edit in self.plan.edits:
            self.before[edit.grid_id][edit.name] = edit.before
            self.after[edit.grid_id][edit.name] = edit.after
        for hang in self.plan.hangs:
            self.before[hang.id]["above"] = self._code(self.above[hang.id])
            self.after[hang.id]["above"] = self._code(made[hang.to])
        for shift in self.plan.retired:
            self.after[shift.id]["retired"] = True
            if shift.to:
                self.after[shift.id]["into"] = self._code(made[shift.to])
                self.after[made[shift.to]].setdefault("others", []).append(self._code(shift.id))
        self._tell_buildings(made)
        self._add_rows(made)

    def _tell_new(self, made: Made) -> None:
        for new in self.plan.new:
            self.after[made[new.ref]] |= {
                "code": new.code, "name": new.name, "level": new.level.value,
                "kind": new.kind.value, "above": self._code(made[new.above]),
            }  # fmt: skip
            if new.household_count:
                self.after[made[new.ref]]["household_count"] = new.household_count
            if self.plan.grid_id > 0:
                self.after[made[new.ref]]["from"] = self._code(self.plan.grid_id)
                self.after[self.plan.grid_id].setdefault("parts", []).append(new.code)

    def _tell_buildings(self, made: Made) -> None:
        for shift in self.plan.buildings:
            name, home = self.homes[shift.id]
            for facts, other in (
                (self.before[home], {"to": made[shift.to]}),
                (self.after[made[shift.to]], {"from": home}),
            ):
                facts["building_count"] = facts.get("building_count", 0) + 1
                names = facts.setdefault("buildings", [])
                if len(names) < _NAMES_MOST:
                    names.append(name)
                facts.update({key: self._code(grid_id) for key, grid_id in other.items()})

    def _code(self, grid_id: int | None) -> str:
        return self.act.session.get_one(Grid, grid_id).code if grid_id else ""

    def _add_rows(self, made: Made) -> None:
        word = self.plan.deed.value.split(".")[1]
        grids = {made[self.plan.grid_id], *self.before, *self.after}
        words = {"words": self.plan.words} if self.plan.words else {}
        self.act.session.add_all(
            GridChange(
                grid_id=grid_id, at=self.act.now, actor_id=self.act.actor.person_id, change=word,
                before=self.before.get(grid_id, {}), after=self.after.get(grid_id, {}) | words,
            )
            for grid_id in sorted(grids)
        )  # fmt: skip


@dataclass(frozen=True)
class ChangeView:
    """One change of a grid, as people read it."""

    id: int
    label: str
    when: str
    by: str
    words: tuple[str, ...]


_LABELS: Final = {
    "add": "新增", "rename": "改名改码", "change": "导入修改", "move": "调整上级", "retire": "停用",
    "split": "拆分", "merge": "合并", "reassign": "划转楼栋", "pair": "结对共建",
    "part": "结束结对", "focus": "年度重点", "contact": "对口联系人",
}  # fmt: skip
_FIELDS: Final = {
    "name": "名称", "code": "编码", "kind": "类型", "above": "上级", "household_count": "户数",
    "who": "联系人", "title": "题目",
}  # fmt: skip


def see_history(act: Act, grid_id: int, before_id: int = 0) -> tuple[ChangeView, ...]:
    """List the changes of a grid that is open already, the newest first; one page."""
    query = select(GridChange, col(Person.name)).outerjoin(
        Person, col(Person.id) == col(GridChange.actor_id)
    )
    if before_id:
        query = query.where(col(GridChange.id) < before_id)
    found = act.session.execute(
        query.where(col(GridChange.grid_id) == grid_id)
        .order_by(col(GridChange.id).desc())
        .limit(HISTORY_PAGE_COUNT)
    )
    return tuple(
        ChangeView(
            row.id or 0,
            _LABELS.get(row.change, "修改"),
            moment_words(act.now, row.at),
            by or "系统",
            tuple(_words(row)),
        )
        for row, by in found
    )


def _words(row: GridChange) -> list[str]:
    before, after = row.before, row.after
    said = [
        f"{label}：{_plain(before[name])} → {_plain(after[name])}"
        if before.get(name) not in {None, ""}
        else f"{label}：{_plain(after[name])}"
        for name, label in _FIELDS.items()
        if after.get(name) not in {None, ""}
    ]
    said += [f"划出{_buildings(before)}，到{before['to']}"] if "to" in before else []
    said += [f"划入{_buildings(after)}"] if "building_count" in after else []
    said += [f"分出{'、'.join(after['parts'])}"] if "parts" in after else []
    said += [f"由{after['from']}分出"] if "from" in after and "level" in after else []
    said += [f"并入{after['into']}后停用"] if "into" in after else []
    said += [f"并入了{'、'.join(after['others'])}"] if "others" in after else []
    return said + ([after["words"]] if after.get("words") else [])


def _plain(value: Any) -> str:
    labels = {kind.value: label for kind, label in GRID_KIND.items()}
    return labels.get(value, str(value))


def _buildings(facts: Facts) -> str:
    count, names = facts["building_count"], facts.get("buildings", [])
    more = "等" if count > len(names) else ""
    return f"{count}栋楼（{'、'.join(names)}{more}）"


def note_change(act: Act, grid_id: int, deed: str, before: Facts, after: Facts) -> None:
    """Append a change that is no change of the tree: a pairing, a contact, the year's question."""
    act.session.add(
        GridChange(
            grid_id=grid_id, at=act.now, actor_id=act.actor.person_id,
            change=deed.split(".")[1], before=before, after=after,
        )
    )  # fmt: skip

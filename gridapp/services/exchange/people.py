"""Tables of staff: one row a post; a person with several posts has several rows."""

from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import ValidationError
from sqlalchemy import false, or_, select, true
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.labels import ROLE
from gridapp.domain.privacy import mask_phone
from gridapp.domain.vocabulary import Deed, GridLevel, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.grids_named import GRID_COLUMNS, NamedGrids
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.writing import Value
from gridapp.services.people.persons import NewPerson, add_person
from gridapp.services.people.posts import NewPost
from gridapp.services.people.requests import is_asked_for, place_post
from gridapp.services.permit import demand
from gridapp.services.units.put import UNIT_CODE_FAULT, AddUnitFacts, insert_unit
from gridapp.tables import Grid, Person, Post, Unit

# A resident holds no post: the word is read, to be refused in its own words, but not offered.
_OFFERED: Final = "、".join(label for role, label in ROLE.items() if role is not Role.RESIDENT)

_COLUMNS: Final = (
    Column(
        "login", "账号", ("工号",), needed=True, is_plain=True,
        hint="登录用，全街道唯一；同一个人有几个岗位就写几行", example="zhangsan", second="lisi",
    ),
    Column("name", "姓名", needed=True, example="张三", second="李四"),
    Column(
        "phone", "手机", ("手机号", "电话"), mask=mask_phone, example="13800008000",
        second="13900009000",
    ),
    Column("duty_phone", "值班电话", hint="印在公示牌和联系卡上", example="02152668888"),
    Column(
        "role", "岗位", ("角色",), hint=_OFFERED, example=ROLE[Role.GRID_WORKER],
        second=ROLE[Role.GRID_HEAD],
    ),
    Column(
        "grid_code", "网格编码", ("所属网格编码",), is_plain=True,
        hint="在哪个网格任职；没有编码就写网格的名称", example="310107022001001",
    ),
    Column("unit_code", "部门编码", is_plain=True, hint="部门人员才填"),
    Column("unit_name", "部门", ("部门名称", "单位"), hint="新部门才填"),
    Column("title", "职务", example="网格专干"),
    Column("accountable", "责任人", hint="是、否；每个网格一位", example="是", second="否"),
    Column("from_on", "上岗日期", hint="如2026-11-01；不写即今天", example="2026-11-01"),
    Column("to_on", "离岗日期", hint="不写即没有期限"),
    *GRID_COLUMNS,
)  # fmt: skip


class _PersonTaker:
    """Adds people and gives them posts, through the same deeds as an administrator."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        self._grids = NamedGrids(act)

    def take(self, cells: Cells) -> Taken:
        login = cells.text("login", 64, needed=True).lower()
        name = cells.text("name", 64, needed=True)
        person = self._find(login)
        if person is not None and person.name != name:
            raise cells.error("name", f"账号{login}已是{person.name}")
        is_new = person is None
        if person is not None and person.id is not None:
            person_id = person.id
        else:
            phone, duty_phone = cells.phone("phone"), cells.phone("duty_phone")
            person_id = add_person(self.act, NewPerson(login, name, phone, duty_phone))
        if person is not None:
            for field in ("phone", "duty_phone"):
                if number := cells.phone(field):
                    cells.leaves(field, getattr(person, field), number)
        given = self._give(cells, person_id)
        if is_new:
            return Taken.NEW
        return Taken.CHANGED if given else Taken.SAME

    def _find(self, login: str) -> Person | None:
        found: Person | None = self.act.session.execute(
            select(Person).where(col(Person.login) == login)
        ).scalar_one_or_none()
        return found

    def _give(self, cells: Cells, person_id: int) -> bool:
        """Give the post that the row tells of, unless it is held already; tell whether it was."""
        role = cells.word("role", ROLE)
        if role is None:
            return False
        grid = self._grid(cells)
        assert grid.id is not None
        post = NewPost(
            person_id=person_id,
            grid_id=grid.id,
            role=role,
            from_on=cells.day("from_on") or beijing_date(self.act.now),
            to_on=cells.day("to_on"),
            title=cells.text("title", 40),
            accountable=cells.yes("accountable"),
            unit_id=self._unit_id(cells, grid) if role is Role.UNIT_OFFICER else None,
        )
        if held := self._held(post):
            self._tell_differences(cells, held, post)
            return False
        if is_asked_for(self.act, post):
            cells.adds(f"{ROLE[role]}这个岗位已在等安全管理员确认")
            return False
        # What a second person must confirm is asked for, as from the page.
        place_post(self.act, post)
        return True

    def _held(self, post: NewPost) -> Post | None:
        is_open = true() if post.to_on is None else false()
        same = select(Post).where(
            col(Post.person_id) == post.person_id,
            col(Post.grid_id) == post.grid_id,
            col(Post.role) == post.role,
            col(Post.unit_id).is_not_distinct_from(post.unit_id),
            col(Post.stands_in_for_id).is_(None),
            or_(col(Post.from_on) == post.from_on, col(Post.to_on).is_(None) & is_open),
        )
        found: Post | None = self.act.session.execute(same).scalars().first()
        return found

    def _tell_differences(self, cells: Cells, held: Post, told: NewPost) -> None:
        """Tell what a post that is held differs in: it is changed by hand, where rules look on."""
        unit = self.act.session.get(Unit, held.unit_id) if held.unit_id else None
        if unit and (name := cells.text("unit_name", 80)):
            cells.leaves("unit_name", unit.name, name)
        if cells.has("accountable"):
            cells.leaves("accountable", held.accountable, told.accountable)
        for name in ("title", "from_on", "to_on"):
            if self._says(cells, name):
                cells.leaves(name, getattr(held, name), getattr(told, name))

    @staticmethod
    def _says(cells: Cells, name: str) -> bool:
        return bool(cells.text(name, 40) if name == "title" else cells.day(name))

    def _grid(self, cells: Cells) -> Grid:
        return self.act.session.get_one(Grid, self._grids.demand(cells))

    def _unit_id(self, cells: Cells, grid: Grid) -> int | None:
        """Give the unit of an officer; one that is named and not yet there is added."""
        code = cells.text("unit_code", 32, needed=True)
        unit = self.act.session.execute(
            select(Unit).where(col(Unit.code) == code)
        ).scalar_one_or_none()
        if unit is None:
            unit = self._new_unit(cells, code, grid)
        elif unit.retired_at is not None:
            raise cells.error("unit_code", f"部门「{unit.name}」已经撤销")
        unit_id: int | None = unit.id
        return unit_id

    def _new_unit(self, cells: Cells, code: str, grid: Grid) -> Unit:
        name = cells.text("unit_name", 80)
        if not name:
            raise cells.error("unit_code", f"没有编码为{code}的部门；新部门请写明名称")
        demand(self.act, Deed.ADD_UNIT)
        try:
            facts = AddUnitFacts(code=code, name=name)
        except ValidationError as error:
            raise cells.error("unit_code", UNIT_CODE_FAULT) from error
        try:
            return insert_unit(self.act, facts, _street_id(self.act, grid))
        except FactsError as error:
            raise cells.error("unit_name", "；".join(error.facts["fields"].values())) from error


def _street_id(act: Act, grid: Grid) -> int:
    """Give the street in which a grid lies, or the top of the tree when it lies in none."""
    ids = [int(part) for part in grid.path.split("/") if part]
    street_id = act.session.execute(
        select(col(Grid.id)).where(col(Grid.id).in_(ids), col(Grid.level) == GridLevel.STREET)
    ).scalar_one_or_none()
    return street_id or ids[0]


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    demand(act, Deed.CHANGE_PERSON)
    found = act.session.execute(
        select(Person, Post, col(Grid.code), col(Unit.code), col(Unit.name))
        .outerjoin(Post, col(Post.person_id) == col(Person.id))
        .outerjoin(Grid, col(Grid.id) == col(Post.grid_id))
        .outerjoin(Unit, col(Unit.id) == col(Post.unit_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), col(Person.disabled_at).is_(None))
        .order_by(col(Person.id), col(Post.id))
        .execution_options(yield_per=500)
    )
    grids = NamedGrids(act)
    for person, post, grid_code, unit_code, unit_name in found:
        who = (person.login, person.name, person.phone, person.duty_phone)
        names = grids.names(post.grid_id) if post else (None,) * len(GRID_COLUMNS)
        yield who + _post(post, grid_code, unit_code, unit_name) + names


def _post(
    post: Post | None, grid_code: str | None, unit_code: str | None, unit_name: str | None
) -> tuple[Value, ...]:
    if post is None:
        return (None,) * 8
    days = (post.from_on, post.to_on)
    told = (post.title, post.accountable)
    return (ROLE[post.role], grid_code, unit_code, unit_name, *told, *days)


PEOPLE: Final = Kind(
    _COLUMNS, _PersonTaker, _rows, label="人员", hint="账号、姓名和岗位，首次登录再设密码",
    export_needs=(Deed.CHANGE_PERSON,),
)  # fmt: skip

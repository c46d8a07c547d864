"""The cast: one street with everybody whom a story needs, strangers included.

Zhang lives in grid 1, Li walks it, Qian walks grid 2, Chen heads their community; Wang dispatches
and Zhao verifies for the street, Dept answers for its unit 市政所, Leader leads it; Sun leads
another street. Admin, Sec and Audit are the three separate administrators, Gu is a volunteer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from argon2 import PasswordHasher
from sqlmodel import Session

from gridapp.domain.codes import building_code
from gridapp.domain.vocabulary import GridKind, GridLevel, Role, Root, Urgency
from gridapp.services.desk import RESIDENT, Actor
from gridapp.services.people.actor import actor_of
from gridapp.tables import Building, BuildingCode, Category, Grid, Person, Post, Unit
from tests.clock import NOON

PASSWORD: Final = "Zhenru-2026"
# As weak as argon2 allows: the tests are about our rules, not about the cost of a guess.
QUICK: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
MADE_AT: Final = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
FROM_ON: Final = date(2026, 1, 1)


@dataclass(frozen=True)
class Cast:
    """The ids of the cast, the same in every copy of the test database."""

    district: int
    street: int
    community1: int
    community2: int
    grid1: int
    grid2: int
    grid3: int
    grid4: int
    far_street: int
    far_community: int
    far_grid: int
    unit: int
    building1: int
    building2: int
    building3: int
    code1: str
    code2: str
    code3: str
    li: int
    qian: int
    chen: int
    wang: int
    zhao: int
    dept: int
    leader: int
    sun: int
    gu: int
    admin: int
    sec: int
    audit: int
    categories: dict[str, int]
    actors: dict[str, Actor]

    def actor(self, name: str) -> Actor:
        """Give a member of the cast as an actor; ``zhang`` is a resident without an account."""
        return self.actors[name]


class _Area(NamedTuple):
    name: str
    code: str
    title: str
    level: GridLevel
    above: str
    kind: GridKind = GridKind.RESIDENTIAL


_L = GridLevel
_AREAS: Final = (
    _Area("district", "310107", "普陀区", _L.DISTRICT, ""),
    _Area("street", "310107022", "真如镇街道", _L.STREET, "district"),
    _Area("community1", "310107022001", "南大街社区", _L.COMMUNITY, "street"),
    _Area("community2", "310107022002", "北大街社区", _L.COMMUNITY, "street"),
    _Area("grid1", "310107022001001", "南大街第一网格", _L.GRID, "community1"),
    _Area("grid2", "310107022001002", "南大街第二网格", _L.GRID, "community1"),
    _Area("grid3", "310107022002001", "北大街第一网格", _L.GRID, "community2"),
    _Area("grid4", "310107022002-Z01", "真如集市", _L.GRID, "community2", GridKind.DEDICATED),
    _Area("far_street", "310107005", "曹杨新村街道", _L.STREET, "district"),
    _Area("far_community", "310107005001", "北岭园社区", _L.COMMUNITY, "far_street"),
    _Area("far_grid", "310107005001001", "北岭园第一网格", _L.GRID, "far_community"),
)


class _Member(NamedTuple):
    name: str
    role: Role
    area: str
    title: str = ""
    accountable: bool = False


_MEMBERS: Final = {
    "li": _Member("李建国", Role.GRID_WORKER, "grid1", "专职网格员", accountable=True),
    "qian": _Member("钱小梅", Role.GRID_WORKER, "grid2", "专职网格员", accountable=True),
    "chen": _Member("陈志强", Role.GRID_HEAD, "community1", "网格长", accountable=True),
    "wang": _Member("王芳", Role.DISPATCHER, "street"),
    "zhao": _Member("赵敏", Role.VERIFIER, "street"),
    "dept": _Member("周海涛", Role.UNIT_OFFICER, "street"),
    "leader": _Member("郑国平", Role.LEADER, "street"),
    "sun": _Member("孙立军", Role.LEADER, "far_street"),
    "gu": _Member("顾玉珍", Role.VOLUNTEER, "grid1"),
    "admin": _Member("何静", Role.ADMINISTRATOR, "street"),
    "sec": _Member("吴磊", Role.SECURITY_ADMINISTRATOR, "street"),
    "audit": _Member("冯雪", Role.AUDITOR, "street"),
}

_CATEGORIES: Final = (
    ("lamp", "路灯不亮", Root.RUNNING, Urgency.ORDINARY, True),
    ("water", "停水漏水", Root.RUNNING, Urgency.URGENT, False),
    ("rubbish", "暴露垃圾", Root.MANAGEMENT, Urgency.ORDINARY, True),
    ("noise", "噪音扰民", Root.SERVICE, Urgency.ORDINARY, True),
    ("fire_lane", "堵塞消防通道", Root.SAFETY, Urgency.CRITICAL, True),
)


def build_cast(session: Session) -> Cast:
    """Write the cast into an empty, migrated database and commit it."""
    areas = _areas(session)
    unit = Unit(code="szs", name="市政所", street_id=areas["street"], phone="021-52730001")
    session.add(unit)
    session.flush()
    assert unit.id is not None
    people = _people(session, areas, unit.id)
    facts: dict[str, Any] = {"unit": unit.id, **areas, **people}
    facts |= _buildings(session, areas) | _codes(session)
    actors = {"zhang": RESIDENT, **_actors(session, people)}
    cast = Cast(categories=_categories(session), actors=actors, **facts)
    session.commit()
    return cast


def _areas(session: Session) -> dict[str, int]:
    made: dict[str, Grid] = {}
    for area in _AREAS:
        above = made.get(area.above)
        grid = Grid(
            code=area.code,
            name=area.title,
            level=area.level,
            kind=area.kind,
            parent_id=above.id if above else None,
            household_count=320 if area.level is GridLevel.GRID else 0,
        )
        session.add(grid)
        session.flush()
        grid.path = f"{above.path if above else '/'}{grid.id}/"
        made[area.name] = grid
    session.flush()
    return {name: grid.id for name, grid in made.items() if grid.id is not None}


def _people(session: Session, areas: dict[str, int], unit_id: int) -> dict[str, int]:
    password_hash = QUICK.hash(PASSWORD)
    ids: dict[str, int] = {}
    for place, (login, member) in enumerate(_MEMBERS.items(), start=1):
        person = Person(
            login=login,
            name=member.name,
            phone=f"138001380{place:02d}",
            duty_phone=f"021-527301{place:02d}",
            password_hash=password_hash,
            must_change_password=False,
            made_at=MADE_AT,
        )
        session.add(person)
        session.flush()
        assert person.id is not None
        ids[login] = person.id
        session.add(
            Post(
                person_id=person.id,
                grid_id=areas[member.area],
                unit_id=unit_id if member.role is Role.UNIT_OFFICER else None,
                role=member.role,
                title=member.title,
                accountable=member.accountable,
                from_on=FROM_ON,
            )
        )
    session.flush()
    return ids


def _actors(session: Session, people: dict[str, int]) -> dict[str, Actor]:
    found = {name: actor_of(session, person_id, NOON) for name, person_id in people.items()}
    return {name: actor for name, actor in found.items() if actor is not None}


def _buildings(session: Session, areas: dict[str, int]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for number in (1, 2, 3):
        building = Building(
            grid_id=areas[f"grid{number}"],
            name=f"{number}号楼",
            address=f"兰溪路{100 + number}弄{number}号",
            unit_count=2,
            floor_count=6,
            household_count=24,
            lng_wgs84=121.395 + number / 1000,
            lat_wgs84=31.248,
            accuracy_m=20,
            position_source="survey",
        )
        session.add(building)
        session.flush()
        assert building.id is not None
        ids[f"building{number}"] = building.id
    return ids


def _codes(session: Session) -> dict[str, str]:
    codes = {f"code{number}": building_code(f"ZRZ222{number + 1}") for number in (1, 2, 3)}
    for number, code in enumerate(codes.values(), start=1):
        session.add(BuildingCode(code=code, building_id=number, issued_at=MADE_AT))
    session.flush()
    return codes


def _categories(session: Session) -> dict[str, int]:
    made = [
        Category(
            code=code,
            name=name,
            root=root,
            urgency=urgency,
            may_settle=may_settle,
            is_public=True,
            position=position,
        )
        for position, (code, name, root, urgency, may_settle) in enumerate(_CATEGORIES)
    ]
    session.add_all(made)
    session.flush()
    return {category.code: category.id for category in made if category.id is not None}

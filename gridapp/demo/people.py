"""Puts people on the demo's posts: the ten who can sign in, and staff for every grid."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Final, NamedTuple

from gridapp.demo.areas import Areas, Row
from gridapp.demo.names import draw_name
from gridapp.domain.vocabulary import GridKind, GridLevel, Role

UNITS: Final = {
    "szs": "市政所",
    "srs": "市容所",
    "fgb": "房管办",
    "zfd": "综合执法队",
    "swz": "水务站",
    "gds": "供电所",
    "rqz": "燃气站",
    "pcs": "派出所",
    "xfz": "消防救援站",
    "scs": "市场监管所",
    "mzb": "民政办",
    "slz": "社区事务受理中心",
    "sfs": "司法所",
}


class _Known(NamedTuple):
    name: str
    role: Role
    title: str = ""


# Who can sign in to a demo; li and qian walk the first two grids, chen heads their community.
KNOWN: Final = {
    "li": _Known("李建国", Role.GRID_WORKER, "专职网格员"),
    "qian": _Known("钱小梅", Role.GRID_WORKER, "专职网格员"),
    "chen": _Known("陈志强", Role.GRID_HEAD, "网格长"),
    "wang": _Known("王芳", Role.DISPATCHER, "派单员"),
    "zhao": _Known("赵敏", Role.VERIFIER, "核查员"),
    "dept": _Known("周海涛", Role.UNIT_OFFICER, "市政所经办人"),
    "sun": _Known("孙立军", Role.LEADER, "街道分管领导"),
    "admin": _Known("何静", Role.ADMINISTRATOR),
    "sec": _Known("吴磊", Role.SECURITY_ADMINISTRATOR),
    "audit": _Known("冯雪", Role.AUDITOR),
}
DEPT_UNIT: Final = "szs"


@dataclass
class Staff:
    """The rows of units, people and posts, and who is called for what."""

    made_at: datetime
    from_on: date
    password_hash: str
    units: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    by_login: dict[str, int] = field(default_factory=dict)
    worker_of: dict[int, int] = field(default_factory=dict)
    officer_of: dict[str, int] = field(default_factory=dict)
    unit_ids: dict[str, int] = field(default_factory=dict)

    def add(  # noqa: PLR0913 - a post is told by all of them
        self,
        login: str,
        name: str,
        role: Role,
        grid_id: int,
        *,
        title: str = "",
        unit_id: int | None = None,
        accountable: bool = False,
    ) -> int:
        """Add a person with one post; who is not known by login cannot sign in."""
        number = len(self.people) + 1
        known = login in KNOWN
        self.people.append(
            {
                "id": number,
                "login": login,
                "name": name,
                "phone": f"138001{number:05d}",
                "duty_phone": f"0215550{number % 10_000:04d}",
                "password_hash": self.password_hash if known else "",
                "must_change_password": not known,
                "disabled_at": None,
                "made_at": self.made_at,
            }
        )
        self.posts.append(
            {
                "id": number,
                "person_id": number,
                "grid_id": grid_id,
                "unit_id": unit_id,
                "role": role,
                "title": title,
                "accountable": accountable,
                "from_on": self.from_on,
                "to_on": None,
            }
        )
        self.by_login[login] = number
        return number


def find_staff(
    areas: Areas, chance: Random, made_at: datetime, from_on: date, password_hash: str
) -> Staff:
    """Find staff for every street, community and grid."""
    staff = Staff(made_at, from_on, password_hash)
    _units(staff, areas.street_ids[0])
    home = areas.street_ids[0]
    for login in ("wang", "zhao", "dept", "sun", "admin", "sec", "audit"):
        known = KNOWN[login]
        unit_id = staff.unit_ids[DEPT_UNIT] if login == "dept" else None
        staff.add(login, known.name, known.role, home, title=known.title, unit_id=unit_id)
    staff.officer_of[DEPT_UNIT] = staff.by_login["dept"]
    for code, unit_id in staff.unit_ids.items():
        if code != DEPT_UNIT:
            title = f"{UNITS[code]}经办人"
            staff.officer_of[code] = staff.add(
                f"{code}1", draw_name(chance), Role.UNIT_OFFICER, home, title=title, unit_id=unit_id
            )
    _heads(staff, areas, chance)
    _workers(staff, areas, chance)
    _volunteers(staff, areas, chance)
    return staff


def _units(staff: Staff, street_id: int) -> None:
    for number, (code, name) in enumerate(UNITS.items(), start=1):
        staff.unit_ids[code] = number
        staff.units.append(
            {
                "id": number,
                "code": code,
                "name": name,
                "street_id": street_id,
                "phone": f"0215551{number:04d}",
                "retired_at": None,
            }
        )


def _called(logins: list[str], login: str, chance: Random) -> tuple[str, str]:
    """Give login and name: those of the known, first come first served, then drawn ones."""
    if logins:
        known = logins.pop(0)
        return known, KNOWN[known].name
    return login, draw_name(chance)


def _at(areas: Areas, level: GridLevel) -> list[Row]:
    return [row for row in areas.grids if row["level"] is level]


def _heads(staff: Staff, areas: Areas, chance: Random) -> None:
    known = ["chen"]
    for number, row in enumerate(_at(areas, GridLevel.COMMUNITY), start=1):
        login, name = _called(known, f"h{number:03d}", chance)
        staff.add(login, name, Role.GRID_HEAD, row["id"], title="网格长", accountable=True)


def _workers(staff: Staff, areas: Areas, chance: Random) -> None:
    known = ["li", "qian"]
    for number, row in enumerate(_at(areas, GridLevel.GRID), start=1):
        login, name = _called(known, f"w{number:04d}", chance)
        title = "专属网格员" if row["kind"] is GridKind.DEDICATED else "专职网格员"
        staff.worker_of[row["id"]] = staff.add(
            login, name, Role.GRID_WORKER, row["id"], title=title, accountable=True
        )


def _volunteers(staff: Staff, areas: Areas, chance: Random) -> None:
    for number, row in enumerate(_at(areas, GridLevel.MICRO), start=1):
        staff.add(f"v{number:04d}", draw_name(chance), Role.VOLUNTEER, row["id"], title="微网格长")

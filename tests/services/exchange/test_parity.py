"""What a file brings equals what the form makes: row by row, with audit, history, counts and days.

Each pair is done from the same town; what the two leave in the database is compared, all of it but
ids that are drawn, who did it, and that it was an import.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel, col
from sqlmodel import select as select_entity

from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.change import see_preview
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.register.risks import copy_risks
from gridapp.services.visits.kinds import copy_kinds
from gridapp.tables import AuditRow, Case, CaseStep, Premises, RuleChange, Unit
from tests.cast import Cast
from tests.makers import do, report
from tests.services.exchange.tables import a_csv, imported
from tests.services.register.records import household, shop

GRID1, GRID2, COMMUNITY = "310107022001001", "310107022001002", "310107022001"
STREET = "310107022"
# Of a run, not of what was done: ids that are drawn, who it was, and the digests of them.
_DRAWN: Final = {
    "uid", "track", "digest", "actor_id", "added_by_id", "made_by_id", "told_by", "reporter_id",
}  # fmt: skip
_NOT_COMPARED: Final = {
    "deed_done", "import_file", "import_mapping", "import_change", "town_fact", "login_session",
}  # fmt: skip
_CODES: Final = {"building_code", "code_change"}

Rows = dict[str, list[str]]
Way = Callable[[Desk, Cast], Any]


@contextmanager
def and_back(desk: Desk) -> Iterator[None]:
    """Do something, and let the town be as it was before."""
    connection: Any = desk.engine
    assert isinstance(connection, Connection)
    point = connection.begin_nested()
    yield
    point.rollback()


# Entered one by one, each is a row of the audit; a file of them is one row, that of its import.
_ONE_ROW_A_FILE = {Deed.IMPORT, Deed.ENTER_HOUSEHOLD, Deed.ENTER_PREMISES, Deed.ADD_HOUSEHOLD}


def left_by(desk: Desk) -> Rows:
    """Give every row there is, as far as two ways must agree on it."""
    with desk.looking(SYSTEM) as act:
        tables = {n: t for n, t in SQLModel.metadata.tables.items() if n not in _NOT_COMPARED}
        return {name: sorted(_rows(act.session, table)) for name, table in tables.items()}


def _rows(session: Any, table: Table) -> Iterator[str]:
    drawn = _DRAWN | ({"code"} if table.name in _CODES else set())
    for row in session.execute(select(table)).mappings():
        told = {name: value for name, value in row.items() if name not in drawn}
        if table.name == "audit_row":
            if told["deed"] in _ONE_ROW_A_FILE:
                continue
            told.pop("id")
        yield repr(_plain(told))


def _plain(value: Any) -> Any:
    """Give a value without the ids in it; a subject by an id is the kind alone."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in sorted(value.items())}
    is_record = isinstance(value, str) and value.startswith("record:")
    return "record" if is_record else value


def agreed(desk: Desk, cast: Cast, deed: Deed, no: str, **facts: Any) -> None:
    """Change the tree as from its page: look at the preview, and agree to it."""
    with desk.looking(cast.actor("admin")) as act:
        seen = see_preview(act, deed, no, facts).agreed
    do(desk, cast.actor("admin"), deed, no, agreed=seen, **facts)


def admin(deed: Deed, no: str = "", **facts: Any) -> Way:
    return lambda desk, cast: do(desk, cast.actor("admin"), deed, no.format(c=cast), **facts)


def tree(deed: Deed, no: str = "", **facts: Any) -> Way:
    return lambda desk, cast: agreed(desk, cast, deed, no, **facts)


def nothing(_desk: Desk, _cast: Cast) -> None:
    """Begin with the town as it is."""


def a_shop(desk: Desk, cast: Cast) -> None:
    """Have a shop that was checked and is not due for long."""
    shop(desk, cast, risk="low")
    with desk.acting(SYSTEM) as act:
        row = act.session.execute(select(Premises)).scalar_one()
        row.last_check_on, row.next_check_on = (
            date(2026, 5, 1), date(2026, 10, 28),
        )  # fmt: skip


def riskier(desk: Desk, cast: Cast) -> None:
    with desk.looking(SYSTEM) as act:
        uid = act.session.execute(select(col(Premises.uid))).scalar_one()
    do(desk, cast.actor("li"), Deed.AMEND_PREMISES, str(uid), risk="major")


def one_amended(desk: Desk, cast: Cast) -> None:
    with desk.looking(SYSTEM) as act:
        uid = act.session.execute(select(SQLModel.metadata.tables["household"].c.uid)).scalar_one()
    do(desk, cast.actor("li"), Deed.AMEND_HOUSEHOLD, str(uid), head_count=4, remarks="有老人")


def a_unit(desk: Desk, cast: Cast, deed: Deed, **facts: Any) -> None:
    with desk.looking(SYSTEM) as act:
        number = act.session.get_one(Unit, cast.unit).id
    do(desk, cast.actor("admin"), deed, str(number), **facts)


def a_person(desk: Desk, cast: Cast) -> None:
    made = do(desk, cast.actor("admin"), Deed.ADD_PERSON, login="lin", name="林秀英",
              phone="13912345678").reply  # fmt: skip
    do(desk, cast.actor("admin"), Deed.GIVE_POST, str(made["person"]), grid=GRID2, role="volunteer",
       title="楼长", from_on="2026-06-01")  # fmt: skip


PAIRS: Final[dict[str, tuple[str, Way, Way, tuple[str, ...]]]] = {
    "building": ("buildings", nothing,
        admin(Deed.ADD_BUILDING, grid=GRID1, name="9号楼", address="新路9号", unit_count=2,
              floor_count=6, household_count=10),
        ("名称,地址,网格编码,单元数,层数,户数", f"9号楼,新路9号,{GRID1},2,6,10")),
    "building changed": ("buildings", nothing,
        admin(Deed.CHANGE_BUILDING, "{c.building1}", name="真如楼", household_count=30),
        ("楼栋码,名称,网格编码,户数", f"{{c.code1}},真如楼,{GRID1},30")),
    "building counted": ("households", nothing,
        admin(Deed.CHANGE_BUILDING, "{c.building1}", household_count=31),
        ("楼栋码,户数", "{c.code1},31")),
    "building moved": ("buildings", report,
        lambda desk, cast: agreed(
            desk, cast, Deed.REASSIGN, GRID2, buildings=[cast.building1]),
        ("楼栋码,名称,网格编码", f"{{c.code1}},1号楼,{GRID2}")),
    "household": ("households", nothing,
        lambda desk, cast: household(desk, cast, head_count=3, tenure="own"),
        ("楼栋码,单元,门牌,户主,电话,人数,居住性质",
         "{c.code1},2,302,张秀兰,13800008000,3,自住")),
    "household changed": ("households", lambda desk, cast: household(desk, cast, head_count=3),
        one_amended, ("楼栋码,单元,门牌,人数,备注", "{c.code1},2,302,4,有老人")),
    "shop": ("shops", nothing, lambda desk, cast: shop(desk, cast, risk="major", trade="小餐饮"),
        ("楼栋码,名称,业态,负责人,电话,风险等级",
         "{c.code1},兰溪小吃店,小餐饮,张秀兰,13800008000,重大风险")),
    "shop of another risk": ("shops", a_shop, riskier,
        ("楼栋码,名称,风险等级", "{c.code1},兰溪小吃店,重大风险")),
    "contact household": ("contacts", nothing,
        lambda desk, cast: do(desk, cast.actor("li"), Deed.ADD_HOUSEHOLD, at=cast.code1,
                              name="张秀兰", kind="alone", door="302", phone="13800008000"),
        ("楼栋码,姓名,类别,门牌,电话", "{c.code1},张秀兰,独居老人,302,13800008000")),
    "visit kind changed": ("visit-kinds", nothing,
        admin(Deed.CHANGE_VISIT_KIND, "alone", name="独居老人", interval_days=5),
        ("代码,类别,间隔天数", "alone,独居老人,5")),
    "unit": ("units", nothing,
        admin(Deed.ADD_UNIT, code="cgzd", name="城管中队", phone="02152668888", street=STREET),
        ("部门编码,部门,电话,街道", f"cgzd,城管中队,02152668888,{STREET}")),
    "unit changed": ("units", nothing,
        lambda desk, cast: a_unit(desk, cast, Deed.CHANGE_UNIT, name="市政二所",
                                  phone="02152730001"),
        ("部门编码,部门", "szs,市政二所")),
    "unit assigned": ("units", nothing,
        lambda desk, cast: a_unit(desk, cast, Deed.ASSIGN_UNIT, grids=[GRID1, GRID2]),
        ("部门编码,部门,包联网格", f"szs,市政所,{GRID1}、{GRID2}")),
    "person": ("people", nothing, a_person,
        ("账号,姓名,手机,岗位,网格编码,职务,上岗日期",
         f"lin,林秀英,13912345678,志愿者,{GRID2},楼长,2026-06-01")),
    "area": ("areas", nothing,
        tree(Deed.ADD_AREA, above=COMMUNITY, level="grid", name="新网格"),
        ("网格编码,名称,层级,上级编码", f",新网格,网格,{COMMUNITY}")),
    "area renamed": ("areas", nothing, tree(Deed.RENAME_AREA, GRID1, name="东网格"),
        ("网格编码,名称,层级", f"{GRID1},东网格,网格")),
    "area moved": ("areas", nothing, tree(Deed.MOVE_AREA, GRID1, above="310107022002"),
        ("网格编码,名称,层级,上级编码", f"{GRID1},南大街第一网格,网格,310107022002")),
}  # fmt: skip


@pytest.fixture
def furnished(desk: Desk) -> Desk:
    with desk.acting(RESIDENT) as act:
        copy_risks(act)
        copy_kinds(act)
    return desk


# PostgreSQL gives no number twice, not even after a rollback: there the two would differ by ids.
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", list(PAIRS))
def test_a_file_brings_what_the_form_makes(
    furnished: Desk, cast: Cast, tmp_path: Path, name: str
) -> None:
    kind, begin, by_form, lines = PAIRS[name]
    begin(furnished, cast)
    before = left_by(furnished)
    with and_back(furnished):
        by_form(furnished, cast)
        formed = left_by(furnished)
    assert left_by(furnished) == before
    path = a_csv(tmp_path, *(line.format(c=cast) for line in lines))
    told = imported(furnished, kind, path, actor=cast.actor("admin"))
    assert (told.bad_rows, told.noted_rows) == ((), ())
    brought = left_by(furnished)
    assert formed != before
    assert {n: rows for n, rows in brought.items() if rows != formed[n]} == {
        n: rows for n, rows in formed.items() if rows != brought[n]
    }


SAME_OF_A_CASE: Final = (
    "version", "status", "settled", "category_id", "urgency", "grid_id", "building_id", "place",
    "text", "grams", "reporter_name", "reporter_phone", "reported_at", "received_at", "due_at",
    "first_due_at", "due_limit", "due_provisional", "step_due_at", "supervision", "is_held",
    "public_text", "dispatch_count", "reopen_count", "me_too_count", "device", "made_at",
)  # fmt: skip


def test_a_case_of_a_table_is_born_as_a_reported_one(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    report(desk, cast, cast.actor("admin"), text="路灯不亮", name="张三", phone="13912345678")
    head = "编号,内容,楼栋码,分类,姓名,电话"
    path = a_csv(tmp_path, head, f"H1,路灯不亮,{cast.code1},lamp,张三,13912345678")
    assert imported(desk, "cases", path).new_count == 1
    with desk.looking(SYSTEM) as act:
        reported, brought = act.session.exec(select_entity(Case).order_by(col(Case.id)))
        steps = act.session.exec(select_entity(CaseStep).order_by(col(CaseStep.id))).all()
    assert {n: getattr(brought, n) for n in SAME_OF_A_CASE} == {
        n: getattr(reported, n) for n in SAME_OF_A_CASE
    }
    assert [(s.deed, s.status_from, s.status_to, s.at, s.is_public) for s in steps[:1]] == [
        (s.deed, s.status_from, s.status_to, s.at, s.is_public) for s in steps[1:]
    ]


def test_a_new_visit_kind_and_a_risk_class_are_on_record_like_any_change(
    furnished: Desk, tmp_path: Path
) -> None:
    kinds = a_csv(tmp_path, "代码,类别,间隔天数", "guest,来沪人员,90", "twin,独居老人,3")
    told = imported(furnished, "visit-kinds", kinds)
    assert [(bad.line, "独居老人" in bad.reason) for bad in told.bad_rows] == [(3, True)]
    kinds = a_csv(tmp_path, "代码,类别,间隔天数", "guest,来沪人员,90")
    assert imported(furnished, "visit-kinds", kinds).new_count == 1
    risks = a_csv(tmp_path, "代码,风险等级,间隔天数", "major,重大风险,3")
    assert imported(furnished, "risk-classes", risks).changed_count == 1
    with furnished.looking(SYSTEM) as act:
        audits = act.session.exec(select_entity(AuditRow)).all()
        changes = act.session.exec(select_entity(RuleChange)).all()
    assert {row.deed for row in audits} >= {"visit_kind.add", "risk_class.put"}
    assert {"retired": False} in [change.facts for change in changes]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_building_stands_in_a_grid_whoever_tells_of_it(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(
        tmp_path, "楼栋码,名称,网格编码", f",新楼,{STREET}", f"{cast.code1},1号楼,{STREET}"
    )
    told = imported(desk, "buildings", path).bad_rows
    assert [(bad.line, bad.column, "归到在用的网格" in bad.reason) for bad in told] == [
        (2, "网格编码", True), (3, "网格编码", True),
    ]  # fmt: skip


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_shop_is_no_enterprise_because_a_table_says_so(
    furnished: Desk, cast: Cast, tmp_path: Path
) -> None:
    shop(furnished, cast)
    path = a_csv(tmp_path, "楼栋码,名称,业态", f"{cast.code1},兰溪小吃店,餐饮")
    [bad] = imported(furnished, "enterprises", path).bad_rows
    assert "已经作为商铺登记" in bad.reason

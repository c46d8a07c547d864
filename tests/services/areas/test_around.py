"""The town's own words and limits, business lines, pairings, questions and themes of a grid."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.areas import HouseholdLimits, beyond_words
from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.services.areas.lines import copy_lines, list_lines
from gridapp.services.areas.read import AreaView, list_buildings, see_area
from gridapp.services.areas.rules import level_names
from gridapp.services.areas.tree import AreaFilter, AreaPage, count_outside, list_areas
from gridapp.services.desk import Desk
from gridapp.services.exchange.areas import AREAS
from gridapp.services.exchange.kind import Wishes
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import GridChange, GridPair
from tests.cast import Cast
from tests.makers import do
from tests.services.areas.conftest import CODE, COMMUNITY, FAR, GRID1, GRID2, Tree, change

pytestmark = pytest.mark.both_databases

RULES: dict[str, Any] = {"level_names": {"street": "镇", "micro": "楼组"}, "least": 40, "most": 90}
MARKET = "310107022002-Z01"


def see(desk: Desk, cast: Cast, code: str, name: str = "admin") -> AreaView:
    with desk.looking(cast.actor(name)) as act:
        return see_area(act, code)


def areas(desk: Desk, cast: Cast, name: str = "admin", **asked: Any) -> AreaPage:
    with desk.looking(cast.actor(name)) as act:
        return list_areas(act, AreaFilter(**asked))


def admin(desk: Desk, cast: Cast) -> Callable[..., Any]:
    return lambda deed, code="", **facts: do(desk, cast.actor("admin"), deed, code, **facts)


def test_levels_are_called_as_the_town_calls_them(desk: Desk, cast: Cast, tree: Tree) -> None:
    admin(desk, cast)(Deed.SET_AREA_RULES, **RULES)
    with desk.looking(SYSTEM) as act:
        names = level_names(act)
    assert (names[GridLevel.STREET], names[GridLevel.COMMUNITY]) == ("镇", "社区")
    assert see(desk, cast, tree.micro1).level_label == "楼组"
    assert [row.level for row in areas(desk, cast, under=GRID1).items] == ["楼组", "楼组"]


@pytest.mark.parametrize(
    "wrong",
    [{"level_names": {"street": "社区"}}, {"least": 91}, {"level_names": {"street": ""}},
     {"level_names": {"street": "字" * 500}}, {"most": 0}, {"level_names": {"village": "村"}}],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(
    desk: Desk, cast: Cast, wrong: dict[str, Any]
) -> None:
    with pytest.raises(FactsError):
        admin(desk, cast)(Deed.SET_AREA_RULES, **(RULES | wrong))


def test_rules_changed_on_an_old_version_are_a_conflict(desk: Desk, cast: Cast) -> None:
    admin(desk, cast)(Deed.SET_AREA_RULES, version=0, **RULES)
    with pytest.raises(ConflictError):
        admin(desk, cast)(Deed.SET_AREA_RULES, version=0, **RULES)


@pytest.mark.parametrize(
    ("count", "beyond", "words"),
    [(49, -1, "少1户"), (50, 0, ""), (70, 0, ""), (71, 1, "多1户"), (0, -50, "少50户")],
)
def test_both_limits_are_within(count: int, beyond: int, words: str) -> None:
    assert HouseholdLimits().beyond(count) == beyond
    assert beyond_words(beyond) == words


def test_micro_grids_outside_the_rule_are_listed_and_counted(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    found = {row.code: row.beyond for row in areas(desk, cast, show="outside").items}
    assert found == {tree.micro1: "多14户", tree.micro2: "少50户"}
    admin(desk, cast)(Deed.SET_AREA_RULES, **RULES)
    assert [row.code for row in areas(desk, cast, show="outside").items] == [tree.micro2]
    with desk.looking(cast.actor("admin")) as act:
        assert count_outside(act) == (1, 2)


@pytest.mark.usefixtures("tree")
def test_the_tree_is_read_level_by_level_and_page_by_page(desk: Desk, cast: Cast) -> None:
    assert [row.code for row in areas(desk, cast).items] == ["310107"]
    first = areas(desk, cast, under=COMMUNITY, limit=1)
    second = areas(desk, cast, under=COMMUNITY, limit=1, after=first.next)
    assert [row.code for row in (*first.items, *second.items)] == [GRID1, GRID2]
    assert (first.total, second.next) == (2, "")
    row = first.items[0]
    assert (row.child_count, row.building_count, row.household_count) == (2, 3, 84)


@pytest.mark.parametrize(
    ("q", "found"),
    [("南大街 微1", [f"{GRID1}-W01"]), ("310107022001001-w", [f"{GRID1}-W01", f"{GRID1}-W02"]),
     ("兰溪路102弄", [GRID2]), (CODE.lower(), [f"{GRID1}-W01"]), ("%", []), ("' OR 1=1 --", []),
     ("𠮷" * 500, []), ("_", [])],
)  # fmt: skip
@pytest.mark.usefixtures("tree")
def test_a_grid_is_found_by_name_code_and_building(
    desk: Desk, cast: Cast, q: str, found: list[str]
) -> None:
    assert [row.code for row in areas(desk, cast, q=q).items] == found


def test_who_sees_one_street_finds_nothing_of_another(desk: Desk, cast: Cast) -> None:
    assert areas(desk, cast, "sun", q="南大街").total == 0
    with pytest.raises(NotThereError):
        areas(desk, cast, "sun", under=COMMUNITY)
    with pytest.raises(NotThereError):
        see(desk, cast, GRID1, "sun")
    with pytest.raises(NotAllowedError):
        areas(desk, cast, "audit")


def test_a_retired_grid_says_who_took_over(desk: Desk, cast: Cast, tree: Tree) -> None:
    change(desk, cast, Deed.MERGE_AREAS, tree.micro2, others=[tree.micro1])
    shown = see(desk, cast, tree.micro1)
    assert shown.into is not None
    assert (shown.into.code, bool(shown.retired), shown.deeds) == (tree.micro2, True, frozenset())
    assert [row.code for row in areas(desk, cast, show="retired").items] == [tree.micro1]
    assert tree.micro1 not in {row.code for row in areas(desk, cast, under=GRID1).items}


def test_buildings_of_a_grid_come_page_by_page(desk: Desk, cast: Cast, tree: Tree) -> None:
    with desk.looking(cast.actor("admin")) as act:
        one = list_buildings(act, tree.micro1, limit=2)
        two = list_buildings(act, tree.micro1, one.next, limit=2)
        found = list_buildings(act, GRID1, q="12号楼")
    assert [row.id for row in (*one.items, *two.items)] == [tree.one, tree.two, tree.three]
    assert [row.id for row in found.items] == [tree.three]


def line_of(desk: Desk, name: str = "公安") -> int:
    with desk.acting(SYSTEM) as act:
        copy_lines(act)
        return next(line.id for line in list_lines(act) if line.name == name)


def test_a_line_s_contact_comes_down_until_a_grid_has_its_own(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    line = line_of(desk)
    police = {"line": line, "phone": "021-5273 0110", "organisation": "真如派出所"}
    admin(desk, cast)(Deed.SET_LINE_CONTACT, COMMUNITY, name="马警官", **police)
    admin(desk, cast)(Deed.SET_LINE_CONTACT, GRID1, name="高警官", **police)
    told = {code: see(desk, cast, code).lines[0] for code in (tree.micro1, GRID2)}
    assert {code: (one.name, one.above) for code, one in told.items()} == {
        tree.micro1: ("高警官", "南大街第一网格"), GRID2: ("马警官", "南大街社区"),
    }  # fmt: skip
    admin(desk, cast)(Deed.SET_LINE_CONTACT, GRID1, version=1, line=line)
    assert see(desk, cast, tree.micro1).lines[0].name == "马警官"


@pytest.mark.parametrize(
    "facts", [{"name": "", "phone": "110"}, {"name": "高", "phone": "<b>"}, {"name": "字" * 500}]
)
def test_a_contact_without_a_name_or_with_a_made_up_phone_is_refused(
    desk: Desk, cast: Cast, facts: dict[str, Any]
) -> None:
    with pytest.raises(FactsError):
        admin(desk, cast)(Deed.SET_LINE_CONTACT, GRID1, line=line_of(desk), **facts)


def test_lines_are_added_renamed_and_used_no_longer(desk: Desk, cast: Cast) -> None:
    police = line_of(desk)
    made = admin(desk, cast)(Deed.CHANGE_LINE, name="文旅").reply["line"]
    admin(desk, cast)(Deed.CHANGE_LINE, str(made), name="文化旅游", version=1)
    admin(desk, cast)(Deed.CHANGE_LINE, str(police), name="公安", in_use=False)
    with desk.looking(cast.actor("admin")) as act:
        names = [line.name for line in list_lines(act)]
    assert ("文化旅游" in names, "公安" in names, "文旅" in names) == (True, False, False)
    for code, name, refusal in (
        ("", "市场监管", FactsError), (str(made), "党建", FactsError), ("99", "x", NotThereError),
    ):  # fmt: skip
        with pytest.raises(refusal):
            admin(desk, cast)(Deed.CHANGE_LINE, code, name=name)


def test_a_dedicated_grid_is_paired_with_a_micro_grid_and_parted(
    desk: Desk, cast: Cast, tree: Tree
) -> None:
    admin(desk, cast)(Deed.PAIR_AREAS, MARKET, other=tree.micro1, words="共建平安集市")
    assert [pair.code for pair in see(desk, cast, tree.micro1).pairs] == [MARKET]
    assert [pair.words for pair in see(desk, cast, MARKET).pairs] == ["共建平安集市"]
    with pytest.raises(ConflictError):
        admin(desk, cast)(Deed.PAIR_AREAS, tree.micro1, other=MARKET)
    admin(desk, cast)(Deed.PART_AREAS, tree.micro1, other=MARKET)
    assert see(desk, cast, MARKET).pairs == ()
    with pytest.raises(NotThereError):
        admin(desk, cast)(Deed.PART_AREAS, tree.micro1, other=MARKET)


@pytest.mark.parametrize(
    ("one", "other"), [(GRID1, f"{GRID1}-W01"), (MARKET, GRID1), (MARKET, MARKET)]
)
@pytest.mark.usefixtures("tree")
def test_other_grids_are_not_paired(desk: Desk, cast: Cast, one: str, other: str) -> None:
    with pytest.raises(FactsError):
        admin(desk, cast)(Deed.PAIR_AREAS, one, other=other)


def test_grids_of_two_streets_are_not_paired(desk: Desk, cast: Cast) -> None:
    told: dict[str, Any] = {
        "above": FAR,
        "level": "micro",
        "kind": "residential",
        "name": "远处的微网格",
    }
    [far] = change(desk, cast, Deed.ADD_AREA, **told).reply["made"]
    with pytest.raises(FactsError, match="不在同一个街道"):
        admin(desk, cast)(Deed.PAIR_AREAS, MARKET, other=far)


def test_a_retired_grid_is_paired_no_longer(desk: Desk, cast: Cast, tree: Tree) -> None:
    admin(desk, cast)(Deed.PAIR_AREAS, MARKET, other=tree.micro1)
    change(desk, cast, Deed.MERGE_AREAS, tree.micro2, others=[tree.micro1])
    with desk.looking(SYSTEM) as act:
        assert act.session.exec(select(GridPair.ended_at)).one() is not None


def test_the_year_s_question_is_written_with_its_state_and_history(desk: Desk, cast: Cast) -> None:
    told = {"year": 2026, "kind": "first_question", "title": "老楼加装电梯"}
    admin(desk, cast)(Deed.SET_FOCUS, GRID1, **told)
    admin(desk, cast)(Deed.SET_FOCUS, GRID1, version=1, state="done", words="已装三部", **told)
    admin(desk, cast)(Deed.SET_FOCUS, GRID1, year=2026, kind="theme", title="书香网格")
    shown = see(desk, cast, GRID1).focus
    assert [(one.kind_label, one.state_label, one.version) for one in shown] == [
        ("网格第一题", "已办结", 2), ("一格一品", "已选题", 1),
    ]  # fmt: skip
    with desk.looking(SYSTEM) as act:
        rows = act.session.exec(select(GridChange).order_by(col(GridChange.id))).all()
    assert [row.before.get("title") for row in rows] == [
        None,
        "2026年网格第一题：老楼加装电梯（已选题）",
        None,
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"year": 1999}, {"year": 2028}, {"title": "字" * 500}, {"title": " "}, {"kind": "other"},
     {"state": "done"}],
)  # fmt: skip
def test_a_question_out_of_its_year_or_done_without_a_word_is_refused(
    desk: Desk, cast: Cast, wrong: dict[str, Any]
) -> None:
    told: dict[str, Any] = {"year": 2026, "kind": "first_question", "title": "老楼加装电梯"}
    with pytest.raises(FactsError):
        admin(desk, cast)(Deed.SET_FOCUS, GRID1, **(told | wrong))


@pytest.mark.parametrize(
    "deed",
    [Deed.SET_AREA_RULES, Deed.CHANGE_LINE, Deed.SET_LINE_CONTACT, Deed.PAIR_AREAS, Deed.SET_FOCUS],
)
@pytest.mark.parametrize("name", ["chen", "wang", "sec", "audit"])
def test_nobody_but_the_administrator_writes_any_of_it(
    desk: Desk, cast: Cast, name: str, deed: Deed
) -> None:
    facts: dict[Deed, dict[str, Any]] = {
        Deed.SET_AREA_RULES: RULES, Deed.CHANGE_LINE: {"name": "文旅"},
        Deed.SET_LINE_CONTACT: {"line": 1, "name": "高"}, Deed.PAIR_AREAS: {"other": MARKET},
        Deed.SET_FOCUS: {"year": 2026, "kind": "theme", "title": "书香"},
    }  # fmt: skip
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor(name), deed, GRID1, **facts[deed])


def test_kinds_stand_where_they_may(desk: Desk, cast: Cast) -> None:
    assert [kind for kind, _ in see(desk, cast, GRID1).kinds] == list(GridKind)
    assert [level for level, _ in see(desk, cast, COMMUNITY).new_levels] == [
        GridLevel.GRID, GridLevel.MICRO,
    ]  # fmt: skip


def test_tables_call_the_levels_as_the_town_does(desk: Desk, cast: Cast) -> None:
    admin(desk, cast)(Deed.SET_AREA_RULES, **RULES)
    with desk.acting(cast.actor("admin")) as act:
        rows = list(AREAS.rows(act, Wishes()))
    assert {row[2] for row in rows} == {"区", "镇", "社区", "网格"}

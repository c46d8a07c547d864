"""Cases reported elsewhere come in once, as cases like any other."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from gridapp.domain.vocabulary import Deed, Source, Status
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.read import see_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Desk
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.orders import Order
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Case, CaseStep
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported, reasons

pytestmark = pytest.mark.both_databases

HEADS = "工单编号,时间,标题,内容,地点,楼栋码,网格编码,分类,来源,姓名,电话"


def a_row(**told: str) -> str:
    names = ("ref", "at", "title", "text", "place", "code", "grid", "category", "source")
    told = {"ref": "H1", "at": "2026-06-10 09:00", "text": "路灯不亮"} | told
    return ",".join(told.get(name, "") for name in (*names, "name", "phone"))


def the_case(desk: Desk) -> Case:
    with desk.looking(SYSTEM) as act:
        found: Case = act.session.execute(select(Case)).scalar_one()
        return found


def import_one(desk: Desk, folder: Path, **told: str) -> Case:
    report = imported(desk, "cases", a_csv(folder, HEADS, a_row(**told)))
    assert report.new_count == 1, report.bad_rows
    return the_case(desk)


def test_a_hotline_order_becomes_a_case_of_its_moment(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    case = import_one(desk, tmp_path, name="张三", phone="+86 139 1234 0000", category="路灯不亮")

    assert (case.source, case.source_ref, case.status) == (Source.HOTLINE, "H1", Status.REPORTED)
    assert case.reported_at == datetime(2026, 6, 10, 1, tzinfo=UTC)
    assert (case.grid_id, case.building_id) == (cast.street, None)
    assert (case.reporter_name, case.reporter_phone) == ("张三", "13912340000")
    assert case.category_id == cast.categories["lamp"]
    assert case.due_at > case.reported_at


def test_its_history_begins_with_the_report(desk: Desk, tmp_path: Path) -> None:
    case = import_one(desk, tmp_path)

    with desk.looking(SYSTEM) as act:
        step = act.session.execute(select(CaseStep)).scalar_one()
    assert (step.case_id, step.deed, step.at) == (case.id, Deed.REPORT, case.reported_at)
    assert (step.status_from, step.status_to, case.version) == (None, Status.REPORTED, 1)


def test_it_goes_on_like_any_other_case(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    import_one(desk, tmp_path)

    with desk.acting(cast.actor("wang")) as act:
        no = list_cases(act, CaseFilter(q="路灯")).items[0].no
        done = do_deed(act, Order(Deed.ACCEPT, no))
        assert done.reply["status"] == Status.ACCEPTED
        assert [step.label for step in see_case(act, no).steps] == ["上报", "受理"]


@pytest.mark.parametrize(
    ("told", "area"),
    [({"code": "code1"}, "grid1"), ({"grid": "310107022002001"}, "grid3"), ({}, "street")],
)
def test_it_lies_where_the_row_says(
    desk: Desk, cast: Cast, tmp_path: Path, told: dict[str, str], area: str
) -> None:
    told = {name: cast.code1 if value == "code1" else value for name, value in told.items()}

    assert import_one(desk, tmp_path, **told).grid_id == getattr(cast, area)


def test_it_lies_in_the_grid_that_was_wished_for_all(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, HEADS, a_row())

    imported(desk, "cases", path, grid="310107022001")

    assert the_case(desk).grid_id == cast.community1


def test_title_and_text_are_told_together(desk: Desk, tmp_path: Path) -> None:
    assert import_one(desk, tmp_path, title="兰溪路").text == "兰溪路\n路灯不亮"


def test_a_title_that_the_text_repeats_is_told_once(desk: Desk, tmp_path: Path) -> None:
    assert import_one(desk, tmp_path, title="路灯").text == "路灯不亮"


def test_the_same_order_twice_is_one_case(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, HEADS, a_row(), a_row())

    report = imported(desk, "cases", path)

    assert (report.new_count, report.same_count) == (1, 1)
    assert imported(desk, "cases", path).same_count == 2


def test_the_same_order_with_another_text_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, HEADS, a_row(), a_row(text="别的事"))

    assert reasons(imported(desk, "cases", path)) == [(3, "来源编号")]


def test_a_number_used_again_on_another_day_is_another_case(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, HEADS, a_row(), a_row(at="2026-06-09 09:00", text="别的事"))

    assert imported(desk, "cases", path).new_count == 2


@pytest.mark.parametrize(
    ("told", "column"),
    [
        ({"text": ""}, "内容"),
        ({"text": "长" * 10_001}, "内容"),
        ({"at": "2027-06-10 09:00"}, "时间"),
        ({"at": "1999-06-10"}, "时间"),
        ({"at": "上周"}, "时间"),
        ({"code": "ZRZ2ZZZZ"}, "楼栋码"),
        ({"grid": "999"}, "网格编码"),
        ({"category": "外星人"}, "分类"),
        ({"source": "梦见"}, "来源"),
        ({"phone": "12"}, "电话"),
    ],
)
def test_a_wrong_order_is_told(
    desk: Desk, tmp_path: Path, told: dict[str, str], column: str
) -> None:
    assert reasons(imported(desk, "cases", a_csv(tmp_path, HEADS, a_row(**told)))) == [(2, column)]


def test_what_is_masked_is_nobodys_name(desk: Desk, tmp_path: Path) -> None:
    case = import_one(desk, tmp_path, name="张*", phone="139****0000")

    assert (case.reporter_name, case.reporter_phone) == ("", "")


def test_a_case_from_another_town_keeps_its_number_there(desk: Desk, tmp_path: Path) -> None:
    imported(desk, "cases", a_csv(tmp_path, "事件编号,内容", "26061000042,路灯不亮"))

    assert the_case(desk).source_ref == "26061000042"


def test_a_case_that_is_being_handled_elsewhere_is_left_there(desk: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, "内容,状态", "路灯不亮,已结案")

    assert reasons(imported(desk, "cases", path)) == [(2, "状态")]


def test_a_town_without_grids_takes_no_cases(bare_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(TableRefusedError, match="先导入网格"):
        imported(bare_desk, "cases", a_csv(tmp_path, HEADS, a_row()))


MESSAGES = Path(__file__).parents[4] / "shared" / "data" / "messages"


@pytest.mark.skipif(not MESSAGES.exists(), reason="the real messages are not beside this checkout")
def test_all_real_messages_come_in_and_are_found_in_chinese(desk: Desk, cast: Cast) -> None:
    reports = [imported(desk, "cases", MESSAGES / f"{n}.csv") for n in ("messages", "labelled")]

    assert [report.bad_rows for report in reports] == [(), ()]
    assert [report.row_count for report in reports] == [2600, 894]
    with desk.looking(cast.actor("wang")) as act:
        for words in ("噪音", "路灯", "教师资格证", "公积金 贷款"):
            page = list_cases(act, CaseFilter(q=words))
            texts = [see_case(act, card.no).text for card in page.items]
            assert texts
            assert all(word in text for text in texts for word in words.split())

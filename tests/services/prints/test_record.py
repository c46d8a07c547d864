"""What hangs where is known, so that only what is no longer true is printed again."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, func, select, update

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.hanging import Printed, why_changed
from gridapp.services.prints.refusals import PrintedOtherwiseError
from gridapp.services.prints.views import Batch, Sheet
from gridapp.tables import AuditRow, Person, PrintRecord
from tests.cast import Cast
from tests.makers import do


def batch_of(
    desk: Desk, cast: Cast, *, changed: bool = False, sheet: Sheet = Sheet.POSTER
) -> Batch:
    with desk.looking(cast.actor("wang")) as act:
        return choose_pages(act, desk.settings, Wish(sheet, changed_only=changed))


def hang(desk: Desk, cast: Cast, sheet: Sheet = Sheet.POSTER) -> None:
    mark = batch_of(desk, cast, sheet=sheet).mark
    do(desk, cast.actor("wang"), Deed.PRINT, sheet=sheet.value, mark=mark)


def new_phone(desk: Desk, person_id: int) -> None:
    with desk.acting(SYSTEM) as act:
        changed = update(Person).where(col(Person.id) == person_id)
        act.session.execute(changed.values(duty_phone="021-52739999"))


def test_what_hangs_and_is_true_is_not_printed_again(public_desk: Desk, cast: Cast) -> None:
    hang(public_desk, cast)
    assert batch_of(public_desk, cast, changed=True).pages == ()


def test_a_new_phone_brings_back_the_posters_of_the_grid_alone(
    public_desk: Desk, cast: Cast
) -> None:
    hang(public_desk, cast)
    new_phone(public_desk, cast.qian)
    assert [p.code for p in batch_of(public_desk, cast, changed=True).pages] == [cast.code2]


def test_the_last_print_counts_not_the_first(public_desk: Desk, cast: Cast) -> None:
    hang(public_desk, cast)
    new_phone(public_desk, cast.qian)
    hang(public_desk, cast)
    assert batch_of(public_desk, cast, changed=True).pages == ()


@pytest.mark.parametrize("sheet", [Sheet.CARDS, Sheet.BOARD, Sheet.BADGE, Sheet.STAIRWELL])
def test_each_kind_of_sheet_is_remembered_by_itself(
    public_desk: Desk, cast: Cast, sheet: Sheet
) -> None:
    hang(public_desk, cast, sheet)
    assert batch_of(public_desk, cast, changed=True, sheet=sheet).pages == ()
    assert len(batch_of(public_desk, cast, changed=True).pages) == 3


def test_a_file_that_is_no_longer_true_is_not_recorded(public_desk: Desk, cast: Cast) -> None:
    mark = batch_of(public_desk, cast).mark
    new_phone(public_desk, cast.li)
    with pytest.raises(PrintedOtherwiseError):
        do(public_desk, cast.actor("wang"), Deed.PRINT, sheet="poster", mark=mark)


def test_the_same_deed_twice_is_recorded_once(public_desk: Desk, cast: Cast) -> None:
    mark, uid = batch_of(public_desk, cast).mark, uuid4()
    for _ in range(2):
        do(public_desk, cast.actor("wang"), Deed.PRINT, uid=uid, sheet="poster", mark=mark)
    with public_desk.looking(SYSTEM) as act:
        rows = act.session.exec(select(func.count()).select_from(PrintRecord)).one()
        told = act.session.exec(select(AuditRow).where(AuditRow.deed == "print.make")).all()
    assert (rows, [row.facts["page_count"] for row in told]) == (3, [3])


def test_a_grid_head_records_in_the_own_grids_only(public_desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotThereError):
        do(
            public_desk, cast.actor("chen"), Deed.PRINT,
            sheet="poster", grid="310107022002001", mark="0" * 32,
        )  # fmt: skip


def test_why_it_is_no_longer_true_is_told_by_its_parts(public_desk: Desk, cast: Cast) -> None:
    page = batch_of(public_desk, cast).pages[0]
    li = page.faces[0]

    def why(**other: Any) -> str:
        printed = Printed(page.mark, page.parts, public_desk.clock())
        return why_changed(replace(page, **other), printed)

    assert why() == ""
    assert why(faces=(replace(li, name="钱小梅", phone="1"), *page.faces[1:])) == "人员"
    assert why(faces=(replace(li, phone="1", photo=b"x"), *page.faces[1:])) == "电话、照片"
    assert why(name="2号楼", code="x", place="") == "名称或地址、所属区域、二维码"


def test_what_was_printed_before_parts_were_kept_is_told_without_them(
    public_desk: Desk, cast: Cast
) -> None:
    page = batch_of(public_desk, cast).pages[0]
    assert why_changed(page, Printed("0" * 32, {}, public_desk.clock())) == "内容"

"""What a street writes is on the next print, and what hangs without it is listed, not before."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import update

from gridapp.domain.printed_words import DEFAULT_LINES, Wording
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.portraits import show_face
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.hanging import is_true
from gridapp.services.prints.record import keep_record
from gridapp.services.prints.refusals import PrintedOtherwiseError
from gridapp.services.prints.views import Batch, Layout, Sheet
from gridapp.services.prints.walls import list_walls
from gridapp.tables import PrintRecord
from tests.api.conftest import draw_photo
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do
from tests.services.prints.test_wording import TOMORROW, write

GRID1 = "310107022001001"
WALLS = (Sheet.POSTER, Sheet.STAIRWELL, Sheet.BOARD)


def batch_of(desk: Desk, sheet: Sheet = Sheet.BOARD, **more: Any) -> Batch:
    with desk.looking(SYSTEM) as act:
        return choose_pages(act, desk.settings, Wish(sheet, **more))


def print_all(desk: Desk, layout: Layout = Layout.STANDARD) -> None:
    for sheet in Sheet:
        batch = batch_of(desk, sheet, layout=layout)
        with desk.acting(SYSTEM) as act:
            keep_record(act, batch, "")


def stale(desk: Desk) -> dict[Sheet, set[str]]:
    """Give for each sheet on a wall why it is out of date."""
    found = {}
    for sheet in WALLS:
        with desk.looking(SYSTEM) as act:
            view = list_walls(act, desk.settings, Wish(sheet), "changed")
        found[sheet] = {one.why for one in view.items}
        changed = batch_of(desk, sheet, changed_only=True).pages
        assert len(changed) == view.changed_count + view.never_count
    return {sheet: why for sheet, why in found.items() if why}


def test_the_program_speaks_until_a_street_does(public_desk: Desk) -> None:
    page = batch_of(public_desk, grid=GRID1).pages[0]
    assert page.promises == ()
    assert [face.duties for face in page.faces] == [
        DEFAULT_LINES[Wording.WORKER_DUTIES][0], DEFAULT_LINES[Wording.HEAD_DUTIES][0],
    ]  # fmt: skip


def test_own_words_are_printed_from_their_day(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    write(public_desk, cast, "事事有着落\n件件有回音", from_on=TOMORROW)
    write(public_desk, cast, "巡查\n走访", Wording.WORKER_DUTIES, from_on=TOMORROW)
    today = batch_of(public_desk, grid=GRID1).pages[0]
    assert (today.promises, today.faces[0].duties[:2]) == ((), "巡查")
    clock.forward(days=1)
    then = batch_of(public_desk, grid=GRID1).pages[0]
    assert (then.promises, then.faces[0].duties) == (("事事有着落", "件件有回音"), "巡查；走访")
    assert batch_of(public_desk, Sheet.POSTER).pages[0].promises == ()


@pytest.mark.parametrize(
    ("wording", "listed"),
    [
        (Wording.WORKER_DUTIES, {Sheet.BOARD: {"职责"}}),
        (Wording.HEAD_DUTIES, {Sheet.BOARD: {"职责"}}),
        (Wording.BOARD_PROMISES, {Sheet.BOARD: {"承诺"}}),
        (Wording.POSTER_PROMISE, {Sheet.POSTER: {"承诺"}}),
    ],
)
def test_what_hangs_with_other_words_is_listed_from_their_day_with_the_reason(
    public_desk: Desk, cast: Cast, clock: Clock, wording: Wording, listed: dict[Sheet, set[str]]
) -> None:
    print_all(public_desk)
    write(public_desk, cast, "为您服务", wording, from_on=TOMORROW)
    assert stale(public_desk) == {}
    clock.forward(days=1)
    assert stale(public_desk) == listed
    print_all(public_desk)
    assert stale(public_desk) == {}
    write(public_desk, cast, "", wording)
    assert stale(public_desk) == listed


def test_duties_of_workers_alone_leave_boards_without_workers_alone(
    public_desk: Desk, cast: Cast
) -> None:
    print_all(public_desk)
    write(public_desk, cast, "为您服务", Wording.WORKER_DUTIES)
    names = {page.name for page in batch_of(public_desk, changed_only=True).pages}
    assert names == {"南大街第一网格", "南大街第二网格"}


def test_a_board_for_elderly_readers_shows_no_duties_and_stays_true(
    public_desk: Desk, cast: Cast
) -> None:
    print_all(public_desk, Layout.ELDER)
    write(public_desk, cast, "为您服务", Wording.WORKER_DUTIES)
    assert stale(public_desk) == {}
    write(public_desk, cast, "为您服务")
    assert stale(public_desk) == {Sheet.BOARD: {"承诺"}}


def test_a_new_photo_lists_what_shows_photos(public_desk: Desk, cast: Cast) -> None:
    print_all(public_desk)
    with public_desk.acting(SYSTEM) as act:
        show_face(act, cast.li, draw_photo("Li"))
    assert stale(public_desk) == {Sheet.BOARD: {"照片"}}
    assert [
        page.faces[0].name for page in batch_of(public_desk, Sheet.BADGE, changed_only=True).pages
    ] == ["李建国"]


def test_a_change_taken_back_lists_nothing(public_desk: Desk, cast: Cast, clock: Clock) -> None:
    print_all(public_desk)
    change = write(public_desk, cast, "事事有着落", from_on=TOMORROW)["change"]
    do(public_desk, cast.actor("admin"), Deed.CANCEL_CHANGE, str(change))
    clock.forward(days=1)
    assert stale(public_desk) == {}


def as_kept_before(desk: Desk) -> None:
    """Make the records as they were before a street could write its own words."""
    print_all(desk)
    with desk.acting(SYSTEM) as act:
        for sheet in Sheet:
            for page in choose_pages(act, desk.settings, Wish(sheet)).pages:
                parts = {part: mark for part, mark in page.parts.items() if part != "promises"}
                old = update(PrintRecord).where(PrintRecord.mark == page.mark)  # type: ignore[arg-type]  # a column
                act.session.execute(old.values(parts=parts))


def test_what_was_printed_before_is_true_until_the_words_change(
    public_desk: Desk, cast: Cast
) -> None:
    as_kept_before(public_desk)
    assert stale(public_desk) == {}
    write(public_desk, cast, "为您服务", Wording.WORKER_DUTIES)
    assert stale(public_desk) == {Sheet.BOARD: {"职责"}}
    write(public_desk, cast, "为您服务", Wording.POSTER_PROMISE)
    assert stale(public_desk) == {Sheet.BOARD: {"职责"}, Sheet.POSTER: {"承诺"}}


def test_other_people_and_other_promises_are_both_told(public_desk: Desk, cast: Cast) -> None:
    print_all(public_desk)
    write(public_desk, cast, "事事有着落")
    with public_desk.acting(SYSTEM) as act:
        batch = choose_pages(act, public_desk.settings, Wish(Sheet.BOARD))
        pages = tuple(replace(page, faces=page.faces[1:]) for page in batch.pages)
        keep_record(act, replace(batch, pages=pages), "")
    assert stale(public_desk) == {Sheet.BOARD: {"人员"}}
    write(public_desk, cast, "件件有回音")
    assert "人员、承诺" in stale(public_desk)[Sheet.BOARD]


def test_a_file_with_former_promises_is_not_recorded(public_desk: Desk, cast: Cast) -> None:
    mark = batch_of(public_desk).mark
    write(public_desk, cast, "事事有着落")
    with pytest.raises(PrintedOtherwiseError):
        do(public_desk, cast.actor("wang"), Deed.PRINT, sheet="board", mark=mark)


def test_a_file_in_large_letters_is_recorded_without_duties(public_desk: Desk, cast: Cast) -> None:
    mark = batch_of(public_desk, layout=Layout.ELDER).mark
    told = {"sheet": "board", "mark": mark, "layout": "elder"}
    do(public_desk, cast.actor("admin"), Deed.PRINT, **told)  # type: ignore[arg-type]  # facts
    write(public_desk, cast, "为您服务", Wording.HEAD_DUTIES)
    assert stale(public_desk) == {}


def test_a_print_that_was_never_made_is_not_true(public_desk: Desk) -> None:
    assert not is_true(batch_of(public_desk).pages[0], None)

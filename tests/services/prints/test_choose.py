"""What is printed: within reach, with public people only, and never this machine's address."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import col, update

from gridapp.domain.codes import building_code
from gridapp.domain.errors import NotAllowedError, NotThereError, SignInNeededError
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.portraits import show_face
from gridapp.services.people.posts import NewPost, give_post
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.refusals import PublicUrlNeededError
from gridapp.services.prints.views import Batch, Sheet
from gridapp.tables import Building, BuildingCode, TownFact
from tests.api.conftest import draw_photo
from tests.cast import Cast


def chosen(
    desk: Desk, cast: Cast, name: str = "wang", sheet: Sheet = Sheet.POSTER, **more: str
) -> Batch:
    actor = SYSTEM if name == "system" else cast.actor(name)
    with desk.looking(actor) as act:
        return choose_pages(act, desk.settings, Wish(sheet, **more))  # type: ignore[arg-type]  # grid and at are texts


def test_a_poster_says_where_it_hangs_and_who_answers(public_desk: Desk, cast: Cast) -> None:
    page = chosen(public_desk, cast).pages[0]
    assert (page.name, page.address) == ("1号楼", "兰溪路101弄1号")
    assert page.place == "真如镇街道 · 南大街社区 · 南大街第一网格"
    assert page.url == f"HTTPS://GRID.EXAMPLE.CN/Q/{cast.code1}"
    assert [(face.name, face.phone) for face in page.faces] == [
        ("李建国", "021-52730101"), ("陈志强", "021-52730103"),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "count"), [("wang", 3), ("chen", 2), ("admin", 3), ("system", 3)])
def test_each_prints_as_far_as_the_matrix_reaches(
    public_desk: Desk, cast: Cast, name: str, count: int
) -> None:
    assert len(chosen(public_desk, cast, name).pages) == count


@pytest.mark.parametrize("name", ["li", "zhao", "dept", "leader", "gu", "sec", "audit"])
def test_everybody_else_prints_nothing(public_desk: Desk, cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowedError):
        chosen(public_desk, cast, name)


def test_a_resident_is_asked_to_sign_in(public_desk: Desk, cast: Cast) -> None:
    with pytest.raises(SignInNeededError):
        chosen(public_desk, cast, "zhang")


@pytest.mark.parametrize("where", [{"grid": "310107022002"}, {"at": "code3"}, {"grid": "nowhere"}])
def test_out_of_reach_looks_like_not_there(
    public_desk: Desk, cast: Cast, where: dict[str, str]
) -> None:
    told = {"at": cast.code3} if "at" in where else where
    with public_desk.looking(cast.actor("chen")) as act, pytest.raises(NotThereError):
        choose_pages(act, public_desk.settings, Wish(Sheet.POSTER, **told))  # type: ignore[arg-type]  # texts


def test_one_grid_or_one_building_is_printed_alone(public_desk: Desk, cast: Cast) -> None:
    assert [p.code for p in chosen(public_desk, cast, grid="310107022001001").pages] == [cast.code1]
    assert [p.code for p in chosen(public_desk, cast, at=cast.code2).pages] == [cast.code2]


def test_boards_are_for_grids_and_badges_for_their_people(public_desk: Desk, cast: Cast) -> None:
    boards = chosen(public_desk, cast, sheet=Sheet.BOARD).pages
    badges = chosen(public_desk, cast, sheet=Sheet.BADGE).pages
    assert {page.name for page in boards} == {
        "南大街第一网格", "南大街第二网格", "北大街第一网格", "真如集市",
    }  # fmt: skip
    assert boards[0].url == "https://grid.example.cn/report"
    assert sorted(page.faces[0].name for page in badges) == ["李建国", "钱小梅", "陈志强"]


def test_only_posts_for_the_public_appear_and_no_own_phone(public_desk: Desk, cast: Cast) -> None:
    with public_desk.acting(SYSTEM) as act:
        give_post(act, NewPost(cast.gu, cast.grid1, Role.GRID_WORKER, date(2026, 6, 10)))
    faces = [face for page in chosen(public_desk, cast).pages for face in page.faces]
    assert {face.name for face in faces} == {"李建国", "陈志强", "钱小梅"}
    assert not any("13800138" in face.phone for face in faces)


def test_a_replaced_code_is_no_longer_printed(public_desk: Desk, cast: Cast) -> None:
    newer = building_code("ZRZ2229")
    with public_desk.acting(SYSTEM) as act:
        old = update(BuildingCode).where(col(BuildingCode.code) == cast.code1)
        act.session.execute(old.values(retired_at=act.now))
        issued = datetime(2026, 6, 1, tzinfo=UTC)
        act.session.add(BuildingCode(code=newer, building_id=cast.building1, issued_at=issued))
    assert [page.code for page in chosen(public_desk, cast, grid="310107022001001").pages] == [
        newer
    ]


def test_a_retired_building_is_not_printed(public_desk: Desk, cast: Cast) -> None:
    with public_desk.acting(SYSTEM) as act:
        gone = update(Building).where(col(Building.id) == cast.building1)
        act.session.execute(gone.values(retired_at=act.now))
    assert len(chosen(public_desk, cast).pages) == 2


def test_this_machines_address_is_not_printed(desk: Desk, cast: Cast) -> None:
    with pytest.raises(PublicUrlNeededError, match="GRID_PUBLIC_URL"):
        chosen(desk, cast)


def test_a_demo_may_print_its_own_address(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        act.session.add(TownFact(key="demo", value="hamlet"))
    assert chosen(desk, cast).pages[0].url.startswith("HTTP://127.0.0.1:3000/Q/")


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"qr_capitals": False}, "https://grid.example.cn/q/"),
        ({"public_url": "https://example.cn/Grid"}, "https://example.cn/Grid/q/"),
    ],
)
def test_an_address_keeps_its_case_where_capitals_could_break_it(
    public_desk: Desk, cast: Cast, changes: dict[str, object], url: str
) -> None:
    other = replace(public_desk, settings=public_desk.settings.model_copy(update=changes))
    assert chosen(other, cast, at=cast.code1).pages[0].url == url + cast.code1


def test_whoever_agreed_is_shown_with_a_face(public_desk: Desk, cast: Cast) -> None:
    with public_desk.acting(SYSTEM) as act:
        show_face(act, cast.li, draw_photo("Li"))
    page = chosen(public_desk, cast, sheet=Sheet.BOARD, grid="310107022001001").pages[0]
    assert [bool(face.photo) for face in page.faces] == [True, False]


def test_the_number_of_queries_does_not_grow_with_the_buildings(
    public_desk: Desk, cast: Cast
) -> None:
    def count_for(**more: str) -> int:
        asked: list[str] = []
        engine = public_desk.engine
        heard = lambda _c, _cur, statement, *_: asked.append(statement)  # noqa: E731 - taken off again
        event.listen(engine, "before_cursor_execute", heard)
        chosen(public_desk, cast, "system", **more)  # type: ignore[arg-type]  # texts
        event.remove(engine, "before_cursor_execute", heard)
        return len(asked)

    assert count_for() <= count_for(grid="310107022001001")

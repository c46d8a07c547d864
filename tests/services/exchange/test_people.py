"""A table of people keeps to the rules of the page: days, one accountable, two people for power."""

from pathlib import Path

from sqlmodel import select

from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import Desk
from gridapp.services.exchange.people import PEOPLE as PEOPLE_KIND
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Post, PostRequest
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported, reasons

PEOPLE = "账号,姓名,手机,岗位,网格编码,责任人,上岗日期,离岗日期"
GRID3 = "310107022002001"


def test_what_needs_a_second_person_is_asked_for_once(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, PEOPLE, "lin,林秀英,13800138888.0,审计员,310107022,,2026-06-01,")
    for kept_count in (0, 1):
        report = imported(desk, "people", path, actor=cast.actor("admin"))
        assert (report.applied, report.kept_count) == (True, kept_count)
    assert report.noted_rows[0].reason == "审计员这个岗位已在等安全管理员确认"
    with desk.looking(SYSTEM) as act:
        asked = act.session.exec(select(PostRequest.asked_by_id)).all()
        posts = act.session.exec(select(Post.id).where(Post.person_id > cast.audit)).all()
    assert (list(asked), list(posts)) == ([cast.admin], [])


def test_the_hint_offers_every_post_and_no_resident() -> None:
    hint = next(column.hint for column in PEOPLE_KIND.columns if column.name == "role")
    assert set(hint.split("、")) == set(ROLE.values()) - {ROLE[Role.RESIDENT]}


def test_days_and_accountable_people_are_checked_by_line(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    path = a_csv(
        tmp_path,
        PEOPLE,
        f"lin,林秀英,,网格员,{GRID3},是,2026-06-01,2026-06-30",
        f"fan,范小青,,网格员,{GRID3},是,2026-06-30,",
        f"lin,林秀英,,网格员,{GRID3},,2026-06-15,2026-07-15",
        f"ge,葛大海,,网格员,{GRID3},,2026-07-01,2026-06-01",
        f"fang,方一鸣,,网格员,{GRID3},是,2026-07-01,",
    )
    report = imported(desk, "people", path, actor=cast.actor("admin"))
    assert [line for line, _ in reasons(report)] == [3, 4, 5]

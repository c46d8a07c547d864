"""The auditor searches what was written down, takes it along, and changes none of it."""

import csv
from datetime import date
from pathlib import Path

import pytest

from gridapp.domain.errors import FactsError, NotAllowedError
from gridapp.domain.vocabulary import Deed
from gridapp.jobs.forget import forget
from gridapp.services.audit import write_audit
from gridapp.services.auditing import export
from gridapp.services.auditing.export import export_audit
from gridapp.services.auditing.search import PAGE_COUNT, AuditFilter, AuditView, search_audit
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do

pytestmark = pytest.mark.both_databases


def search(desk: Desk, cast: Cast, **asked: object) -> tuple[AuditView, ...]:
    with desk.looking(cast.actor("audit")) as act:
        return search_audit(act, AuditFilter(**asked)).items  # type: ignore[arg-type]  # as told


def disabled(desk: Desk, cast: Cast, words: str = "调往区里") -> None:
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words=words)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"who": "何静"}, 1),
        ({"who": "admin"}, 1),
        ({"who": "冯雪"}, 0),
        ({"deed": "person.disable"}, 1),
        ({"deed": "case.reveal"}, 0),
        ({"words": "区里"}, 1),
        ({"words": "李建国"}, 1),
        ({"words": "_"}, 0),
        ({"from_on": date(2026, 6, 10), "to_on": date(2026, 6, 10)}, 1),
        ({"to_on": date(2026, 6, 9)}, 0),
        ({"from_on": date(2026, 6, 11)}, 0),
    ],
)
def test_rows_are_found(desk: Desk, cast: Cast, asked: dict[str, object], count: int) -> None:
    disabled(desk, cast)
    assert len(search(desk, cast, **asked)) == count


def test_a_row_reads_as_a_person_says_it(desk: Desk, cast: Cast) -> None:
    disabled(desk, cast)
    (view,) = search(desk, cast)
    told = (view.when, view.who, view.deed, view.subject, view.reason)
    assert told == ("刚刚", "何静", "停用账号", "人员 李建国", "调往区里")


def test_pages_follow_each_other_without_a_break(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act:
        for number in range(PAGE_COUNT + 5):
            write_audit(act, "person.change", f"person:{cast.li}", str(number))
    with desk.looking(cast.actor("audit")) as act:
        first = search_audit(act, AuditFilter())
        second = search_audit(act, AuditFilter(before=first.next))
    assert (len(first.items), len(second.items), second.next) == (PAGE_COUNT, 5, 0)
    assert first.total == PAGE_COUNT + 5
    assert first.items[-1].id - second.items[0].id == 1


def test_an_export_is_neutral_and_itself_written_down(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    disabled(desk, cast, "=HYPERLINK(1)")
    path = tmp_path / "audit.csv"
    with desk.acting(cast.actor("audit")) as act:
        assert export_audit(act, AuditFilter(), path) == 1
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1][6] == "'=HYPERLINK(1)"
    assert next((view.who, view.deed, view.more) for view in search(desk, cast)) == (
        "冯雪", "导出审计记录", "行数1",
    )  # fmt: skip


def test_too_much_is_not_exported(
    desk: Desk, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disabled(desk, cast)
    monkeypatch.setattr(export, "ROWS_MAX_COUNT", 0)
    with desk.acting(cast.actor("audit")) as act, pytest.raises(FactsError, match="缩短"):
        export_audit(act, AuditFilter(), tmp_path / "audit.csv")


@pytest.mark.parametrize("name", ["admin", "sec", "wang", "leader", "li"])
def test_nobody_else_reads_or_takes_it(desk: Desk, cast: Cast, name: str, tmp_path: Path) -> None:
    with desk.acting(cast.actor(name)) as act:
        with pytest.raises(NotAllowedError):
            search_audit(act, AuditFilter())
        with pytest.raises(NotAllowedError):
            export_audit(act, AuditFilter(), tmp_path / "audit.csv")


def test_nothing_is_forgotten_in_half_a_year(own_desk: Desk, cast: Cast, clock: Clock) -> None:
    disabled(own_desk, cast)
    clock.forward(days=184)
    forget(own_desk)
    assert len(search(own_desk, cast, from_on=date(2026, 6, 1))) == 1

"""The operator at the shell lets the first people in."""

import re
import sys

import pytest
from sqlalchemy import delete
from sqlmodel import SQLModel, select

from gridapp.cli import main
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.engage import person_id_of
from gridapp.services.people.sign_in import sign_in
from gridapp.tables import Grid, Person
from tests.cast import Cast
from tests.services.people.signing import audited


@pytest.fixture
def shell(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> "Shell":
    url = own_desk.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("GRID_DATABASE_URL", url)
    monkeypatch.setenv("GRID_DATA_DIR", str(own_desk.settings.data_dir))
    return Shell(monkeypatch, capsys)


class Shell:
    """Runs ``gridapp`` with arguments and gives what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        self._monkeypatch.setattr(sys, "argv", ["gridapp", "person", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert (ended.value.code or 0) == code
        told = self._capsys.readouterr()
        return told.err if code else told.out


def _password(told: str) -> str:
    found = re.search("一次性密码：(.+)", told)
    assert found is not None
    return found[1].strip()


def test_an_added_person_signs_in_with_the_printed_password(own_desk: Desk, shell: Shell) -> None:
    told = shell("add", "root1", "何立", "--role", "administrator")
    actor = sign_in(own_desk, "root1", _password(told)).actor
    assert actor.name == "何立"
    assert actor.must_change_password


def test_a_person_is_added_with_a_post(own_desk: Desk, shell: Shell) -> None:
    shell(
        "add", "lin", "林秀英", "--role", "grid_worker", "--grid", "310107022002001",
        "--title", "专职网格员", "--accountable", "--from", "2026-06-01",
    )  # fmt: skip
    with own_desk.acting(RESIDENT) as act:
        lin = person_id_of(act, "lin")
        act.session.get_one(Person, lin).must_change_password = False
        actor = actor_of(act.session, lin, act.now)
    assert actor is not None
    assert actor.roles == {Role.GRID_WORKER}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["add", "lin", "林秀英", "--role", "leader", "--grid", "9"], "没有编码为9的网格"),
        (["add", "lin", "林秀英", "--role", "unit_officer", "--unit", "x"], "没有编码为x的部门"),
        (["add", "lin", "林秀英", "--role", "unit_officer"], "须选择部门"),
        (["add", "li", "李二", "--role", "leader"], "账号已有人使用"),
        (["reset", "nobody"], "没有账号为nobody的人员"),
        (["disable", "nobody"], "没有账号为nobody的人员"),
    ],
)
def test_a_refusal_is_told_and_changes_nothing(
    own_desk: Desk, shell: Shell, words: list[str], why: str
) -> None:
    assert why in shell(*words, code=2)
    assert audited(own_desk) == []


def test_a_password_is_reset_at_the_shell(own_desk: Desk, cast: Cast, shell: Shell) -> None:
    password = _password(shell("reset", "sec"))
    assert sign_in(own_desk, "sec", password).actor.person_id == cast.sec


def test_a_person_is_disabled_at_the_shell(own_desk: Desk, cast: Cast, shell: Shell) -> None:
    assert "已停用" in shell("disable", "li", "--reason", "调离")
    assert audited(own_desk) == [("person.disable", None, f"person:{cast.li}")]


def _emptied(own_desk: Desk) -> None:
    with own_desk.acting(SYSTEM) as act:
        for table in reversed(SQLModel.metadata.sorted_tables):
            act.session.execute(delete(table))


def test_the_first_administrator_founds_the_street(own_desk: Desk, shell: Shell) -> None:
    _emptied(own_desk)
    words = ("add", "root", "何立", "--role", "administrator")
    assert "街道的编码和名称" in shell(*words, code=2)
    shell(*words, "--grid", "310107022", "--grid-name", "真如镇街道")
    with own_desk.looking(RESIDENT) as act:
        street = act.session.exec(select(Grid)).one()
    assert (street.name, street.level, street.path) == ("真如镇街道", "street", f"/{street.id}/")


@pytest.mark.parametrize(
    ("grid", "said"), [("310107022", "已经有网格了"), ("31010702", "街道编码是9位数字")]
)
def test_a_second_street_is_not_founded_at_the_shell(shell: Shell, grid: str, said: str) -> None:
    told = ("add", "root", "何立", "--role", "administrator", "--grid", grid, "--grid-name", "新街")
    assert said in shell(*told, code=2)

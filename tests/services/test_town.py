"""The databases of the tests: undone after each test, or one's own with real commits."""

from threading import Thread

import pytest
from sqlmodel import col, select, update

from gridapp.domain.errors import NotAllowedError
from gridapp.services.desk import RESIDENT, Act, Desk, acting, looking
from gridapp.tables import Person
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


def _rename(person_id: int, name: str) -> None:
    with acting(RESIDENT) as act:
        act.session.exec(update(Person).where(col(Person.id) == person_id).values(name=name))


def _name(person_id: int) -> str:
    with looking(RESIDENT) as act:
        return act.session.exec(select(Person.name).where(Person.id == person_id)).one()


def _rename_all_and_fail(act: Act) -> None:
    act.session.exec(update(Person).values(name="乙"))
    raise NotAllowedError


@pytest.mark.parametrize("name", ["甲", "乙"])
def test_what_a_test_writes_is_undone(desk: Desk, cast: Cast, name: str) -> None:
    assert _name(cast.li) == "李建国"
    _rename(cast.li, name)
    assert _name(cast.li) == name
    assert desk.clock().hour == 4


def test_a_failed_deed_leaves_the_earlier_one(desk: Desk, cast: Cast) -> None:
    _rename(cast.li, "甲")
    with pytest.raises(NotAllowedError), desk.acting(RESIDENT) as act:
        _rename_all_and_fail(act)
    assert _name(cast.li) == "甲"


@pytest.mark.parametrize("name", ["甲", "乙"])
def test_ones_own_desk_commits_for_other_threads(own_desk: Desk, cast: Cast, name: str) -> None:
    assert _name(cast.li) == "李建国"
    thread = Thread(target=_rename, args=(cast.li, name))
    with own_desk.looking(RESIDENT):
        thread.start()
        thread.join()
    assert _name(cast.li) == name

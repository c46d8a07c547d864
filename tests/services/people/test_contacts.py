"""A poster names who answers for the grid today, and gives no private phone."""

from datetime import date

import pytest
from sqlmodel import col, update

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.contacts import ContactView, public_contacts
from gridapp.services.people.persons import disable_person
from gridapp.services.people.posts import NewPost, give_post
from gridapp.tables import Grid
from tests.cast import Cast

LI = ContactView("李建国", "专职网格员", "021-52730101", "南大街第一网格")
CHEN = ContactView("陈志强", "网格长", "021-52730103", "南大街社区")
JUNE = date(2026, 6, 10)


def _contacts(desk: Desk, grid_id: int) -> tuple[ContactView, ...]:
    with desk.looking(RESIDENT) as act:
        return public_contacts(act, grid_id)


def _give(desk: Desk, person_id: int, grid_id: int, role: Role, *, accountable: bool) -> None:
    with desk.acting(SYSTEM) as act:
        give_post(act, NewPost(person_id, grid_id, role, JUNE, accountable=accountable))


def test_a_grid_shows_its_worker_and_its_communitys_head(desk: Desk, cast: Cast) -> None:
    assert _contacts(desk, cast.grid1) == (LI, CHEN)


def test_a_grid_without_people_shows_none_of_the_street(desk: Desk, cast: Cast) -> None:
    assert _contacts(desk, cast.grid3) == ()
    assert _contacts(desk, cast.street) == ()


def test_a_helping_worker_is_not_on_the_poster(desk: Desk, cast: Cast) -> None:
    _give(desk, cast.gu, cast.grid1, Role.GRID_WORKER, accountable=False)
    assert _contacts(desk, cast.grid1) == (LI, CHEN)


def test_who_answers_on_two_levels_is_shown_once(desk: Desk, cast: Cast) -> None:
    _give(desk, cast.chen, cast.grid1, Role.GRID_HEAD, accountable=True)
    shown = _contacts(desk, cast.grid1)
    assert [view.name for view in shown] == ["李建国", "陈志强"]
    assert shown[1].grid_name == "南大街第一网格"


def test_the_roles_name_stands_in_for_a_title(desk: Desk, cast: Cast) -> None:
    _give(desk, cast.gu, cast.grid3, Role.GRID_WORKER, accountable=True)
    assert [view.title for view in _contacts(desk, cast.grid3)] == ["网格员"]


def test_a_disabled_person_leaves_the_poster(desk: Desk, cast: Cast) -> None:
    with desk.acting(SYSTEM) as act:
        disable_person(act, cast.li)
    assert _contacts(desk, cast.grid1) == (CHEN,)


def test_a_micro_grid_shows_those_above_it(desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        above = act.session.get_one(Grid, cast.grid1)
        change = update(Grid).where(col(Grid.id) == cast.grid4)
        act.session.exec(change.values(path=f"{above.path}{cast.grid4}/", level="micro"))
    assert _contacts(desk, cast.grid4) == (LI, CHEN)


def test_an_unknown_grid_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotThereError):
        _contacts(desk, 999_999)

"""The list of people: found by name, login, phone, grid, role and standing; and one of them."""

from typing import Any

import pytest

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Desk
from gridapp.services.people.directory import PeopleFilter, Standing, find_people, list_people
from gridapp.services.people.see_person import see_person
from tests.cast import Cast
from tests.makers import do
from tests.services.people.signing import WRONG, signed_in
from tests.services.people.test_leaves import leave

pytestmark = pytest.mark.both_databases


def found(desk: Desk, cast: Cast, **asked: Any) -> list[str]:
    with desk.looking(cast.actor("admin")) as act:
        page = list_people(act, PeopleFilter(**asked))
    assert page.total == len(page.items)
    return [row.login for row in page.items]


@pytest.mark.parametrize(
    ("asked", "logins"),
    [
        ({"q": "建国"}, ["li"]),
        ({"q": "QIAN"}, ["qian"]),
        ({"q": "138 0013 8001"}, ["li"]),
        ({"q": "%"}, []),
        ({"grid": "310107022001"}, ["chen", "gu", "li", "qian"]),
        ({"role": Role.LEADER}, ["leader", "sun"]),
        ({"role": Role.LEADER, "grid": "310107022"}, ["leader"]),
        ({"standing": Standing.WITHOUT_POST}, []),
        ({"standing": Standing.DISABLED}, []),
    ],
)
def test_people_are_found(desk: Desk, cast: Cast, asked: dict[str, Any], logins: list[str]) -> None:
    assert found(desk, cast, **asked) == logins


def test_who_is_disabled_stands_apart(desk: Desk, cast: Cast) -> None:
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="调离")
    assert found(desk, cast, standing=Standing.DISABLED) == ["li"]
    assert "li" not in found(desk, cast)


def test_an_unknown_grid_is_named(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        found(desk, cast, grid="999")


@pytest.mark.parametrize("name", ["audit", "wang", "leader", "li", "gu", "dept"])
def test_nobody_else_reads_the_list(desk: Desk, cast: Cast, name: str) -> None:
    with desk.looking(cast.actor(name)) as act:
        for read in (lambda: list_people(act, PeopleFilter()), lambda: see_person(act, cast.li)):
            with pytest.raises(NotAllowedError):
                read()


def test_phones_are_masked_but_for_whoever_changes_them(desk: Desk, cast: Cast) -> None:
    phones = {}
    for name in ("admin", "sec"):
        with desk.looking(cast.actor(name)) as act:
            phones[name] = see_person(act, cast.li).phone
            assert list_people(act, PeopleFilter(q="li")).items[0].phone_masked == "138****8001"
    assert phones == {"admin": "138 0013 8001", "sec": "138****8001"}


def test_a_person_shows_every_post_and_for_whom_one_stands_in(desk: Desk, cast: Cast) -> None:
    leave(desk, cast, cast.gu)
    with desk.looking(cast.actor("admin")) as act:
        view = see_person(act, cast.gu)
    assert [(p.role, p.is_leave, p.for_whom) for p in view.posts] == [
        ("网格员", True, "李建国"), ("志愿者", False, ""),
    ]  # fmt: skip
    assert view.account is None


def test_the_guardian_sees_how_somebody_signs_in(desk: Desk, cast: Cast) -> None:
    signed_in(desk, "li")
    with pytest.raises(Exception, match="账号或密码不对"):
        signed_in(desk, "li", WRONG)
    with desk.looking(cast.actor("sec")) as act:
        account = see_person(act, cast.li).account
    assert account is not None
    assert (account.session_count, len(account.failures)) == (1, 1)


def test_nobody_is_not_there(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("admin")) as act, pytest.raises(NotThereError):
        see_person(act, 999_999)


def test_a_choice_offers_nobody_before_something_is_typed(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("admin")) as act:
        assert find_people(act, " ") == ()
        assert [row.login for row in find_people(act, "玉珍")] == ["gu"]

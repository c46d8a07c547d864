"""The security administrator lifts locks and ends sessions; titles are the administrator's."""

from typing import Any

import pytest

from gridapp.domain.errors import ConflictError, GridappError, LockedError, NotAllowedError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Desk
from gridapp.services.people.sessions import identify
from gridapp.services.people.titles import list_titles
from tests.cast import Cast
from tests.makers import do
from tests.services.people.signing import WRONG, audited, signed_in


def lock(desk: Desk) -> None:
    for _ in range(5):
        with pytest.raises(GridappError):
            signed_in(desk, "li", WRONG)


def test_a_lock_is_lifted_before_its_time(desk: Desk, cast: Cast) -> None:
    lock(desk)
    with pytest.raises(LockedError):
        signed_in(desk, "li")
    do(desk, cast.actor("sec"), Deed.UNLOCK, str(cast.li), words="本人来电核实")
    assert signed_in(desk, "li").token
    with pytest.raises(ConflictError):
        do(desk, cast.actor("sec"), Deed.UNLOCK, str(cast.li))


def test_all_sessions_of_somebody_end_at_once(desk: Desk, cast: Cast) -> None:
    tokens = [signed_in(desk, "li").token for _ in range(2)]
    done = do(desk, cast.actor("sec"), Deed.END_SESSIONS, str(cast.li), words="手机丢失")
    assert done.reply["count"] == 2
    assert [identify(desk, token) for token in tokens] == [None, None]
    assert audited(desk)[-1] == ("account.end_sessions", cast.sec, f"person:{cast.li}")


@pytest.mark.parametrize("name", ["admin", "audit", "wang", "li"])
def test_nobody_else_touches_accounts(desk: Desk, cast: Cast, name: str) -> None:
    for deed in (Deed.UNLOCK, Deed.END_SESSIONS):
        with pytest.raises(NotAllowedError):
            do(desk, cast.actor(name), deed, str(cast.qian))


def test_titles_are_the_streets_own_once_they_are_changed(desk: Desk, cast: Cast) -> None:
    admin = cast.actor("admin")
    told: dict[str, Any] = {
        "role": Role.VOLUNTEER.value,
        "titles": ["楼栋长", " 单元长 ", "楼栋长"],
    }
    do(desk, admin, Deed.CHANGE_TITLES, version=0, **told)
    with desk.looking(admin) as act:
        titles = {view.role: view.titles for view in list_titles(act)}
    assert titles[Role.VOLUNTEER] == ("楼栋长", "单元长")
    assert "第一网格长" in titles[Role.GRID_HEAD]
    with pytest.raises(ConflictError):
        do(desk, admin, Deed.CHANGE_TITLES, version=0, **told)

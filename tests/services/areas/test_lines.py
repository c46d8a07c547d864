"""A business line goes out of use with its contacts kept, and comes back with them."""

import pytest

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.lines import count_line_contacts, list_lines, list_retired_lines
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import do
from tests.services.areas.conftest import GRID1
from tests.services.areas.test_around import line_of, see


def used(desk: Desk, cast: Cast) -> tuple[list[str], list[str]]:
    """Name the lines in use, and those out of use."""
    with desk.looking(cast.actor("admin")) as act:
        lines, retired = list_lines(act), list_retired_lines(act)
    return [one.name for one in lines], [one.name for one in retired]


def test_a_line_out_of_use_comes_back_with_its_contacts(desk: Desk, cast: Cast) -> None:
    line, admin = line_of(desk), cast.actor("admin")
    do(desk, admin, Deed.SET_LINE_CONTACT, GRID1, line=line, name="高警官", phone="021 55500110")
    do(desk, admin, Deed.CHANGE_LINE, str(line), name="公安", in_use=False)
    before, retired = used(desk, cast)
    assert ("公安" in before, retired) == (False, ["公安"])
    assert "公安" not in [one.line_name for one in see(desk, cast, GRID1).lines]
    do(desk, admin, Deed.CHANGE_LINE, str(line), name="公安")
    assert see(desk, cast, GRID1).lines[0].name == "高警官"
    assert used(desk, cast)[1] == []


def test_who_takes_it_out_of_use_is_told_how_many_filled_it_in(desk: Desk, cast: Cast) -> None:
    line, admin = line_of(desk), cast.actor("admin")
    do(desk, admin, Deed.SET_LINE_CONTACT, GRID1, line=line, name="高警官", phone="021 55500110")
    with desk.looking(admin) as act:
        assert [count_line_contacts(act, one) for one in (line, line + 1)] == [1, 0]
    for name in ("wang", "sec", "chen"):
        with desk.looking(cast.actor(name)) as act, pytest.raises(NotAllowedError):
            count_line_contacts(act, line)

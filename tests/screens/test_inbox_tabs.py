"""The tabs of the inbox: nobody is offered one that stays empty for ever."""

from gridapp.screens.cases.inbox import tabs_for
from tests.cast import Cast


def test_a_department_has_no_tab_for_what_is_not_dispatched_yet(cast: Cast) -> None:
    labels = [label for label, _ in tabs_for(cast.actor("dept")).values()]
    assert "办理中" in labels
    assert not {"待受理", "待派遣"} & set(labels)


def test_the_centre_has_a_tab_for_every_state(cast: Cast) -> None:
    labels = [label for label, _ in tabs_for(cast.actor("wang")).values()]
    assert {"待受理", "待派遣", "办理中", "待核查", "待结案", "全部"} <= set(labels)

"""How deeds are offered and how forms become facts."""

import pytest

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed
from gridapp.screens.cases.deeds import facts_of_form, main_and_more
from gridapp.services.cases.views import ButtonView
from gridapp.ui.figures import bars_of


def offered(*deeds: Deed) -> tuple[list[str], list[str]]:
    main, more = main_and_more("26061000001", [ButtonView(deed, deed) for deed in deeds])
    return [button.deed for button in main], [button.deed for button in more]


def test_what_moves_the_case_on_is_the_main_action_and_what_is_grave_comes_last() -> None:
    assert offered(Deed.DECLINE, Deed.URGE, Deed.ACCEPT) == (
        [Deed.ACCEPT],
        [Deed.URGE, Deed.DECLINE],
    )


def test_without_a_next_move_there_is_no_main_action() -> None:
    assert offered(Deed.URGE, Deed.MERGE) == ([], [Deed.URGE, Deed.MERGE])


def test_a_deed_with_photos_leads_to_its_own_page() -> None:
    main, _ = main_and_more("26061000001", [ButtonView(Deed.HANDLE, "处置")])
    assert main[0].href == "/field/handle?no=26061000001"


def test_from_the_desk_it_leads_back_to_the_desk() -> None:
    main, _ = main_and_more("26061000001", [ButtonView(Deed.HANDLE, "处置")], "desk")
    assert main[0].href == "/field/handle?no=26061000001&from=desk"


def test_what_was_left_empty_was_not_said() -> None:
    assert facts_of_form({"category": "", "words": "  ", "urgency": "urgent"}) == {
        "urgency": "urgent"
    }


def test_a_moment_is_by_the_beijing_clock() -> None:
    assert facts_of_form({"to": "2026-06-24T17:30"}) == {"to": "2026-06-24T17:30:00+08:00"}


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(FactsError):
        facts_of_form({"resume_at": "明天"})


def test_words_for_staff_only_are_not_public() -> None:
    assert facts_of_form({"words": "已电话核实", "is_private": True})["is_public"] is False


def test_the_highest_bar_fills_the_drawing() -> None:
    bars = bars_of([("6/1", 4, 1), ("6/2", 2, 0)])
    assert [(bar.reported_height, bar.closed_height) for bar in bars] == [
        ("100.0", "25.0"),
        ("50.0", "0.0"),
    ]


def test_nothing_at_all_draws_no_bars_of_full_height() -> None:
    assert bars_of([("6/1", 0, 0)])[0].reported_height == "0.0"


def test_a_long_axis_is_marked_here_and_there_only() -> None:
    bars = bars_of([(f"6/{day}", 1, 1) for day in range(1, 31)])
    assert [bar.mark for bar in bars if bar.mark] == ["6/1", "6/6", "6/11", "6/16", "6/21", "6/26"]

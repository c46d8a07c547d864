"""Message texts, care colours and reasons to visit: changed by administrators, used at once."""

from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.messages.texts import TextView, list_texts
from gridapp.services.people.actor import SYSTEM
from gridapp.services.rulebook.colours import COLOURS, copy_colours
from gridapp.services.rulebook.visit_kinds import VISIT_KINDS, KindUseView, see_kind_use
from gridapp.services.rules.history import list_changes
from gridapp.services.rules.put import put_in_force
from gridapp.services.rules.tables import list_rows
from gridapp.services.visits.kinds import copy_kinds, list_kinds
from gridapp.tables import OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do, report
from tests.services.visits.homes import a_household, day, visit

PHONE = "13812345678"


@pytest.fixture
def founded(desk: Desk) -> Desk:
    """A desk whose town has the examples."""
    with desk.acting(SYSTEM) as act:
        copy_colours(act)
        copy_kinds(act)
    return desk


def keep(desk: Desk, cast: Cast, deed: Deed, of: str = "", **facts: Any) -> Any:
    return do(desk, cast.actor("admin"), deed, of, **facts).reply


def write(desk: Desk, cast: Cast, words: str, of: str = "received") -> Any:
    return keep(desk, cast, Deed.CHANGE_TEXT, of, words=words)


def text(desk: Desk, cast: Cast, of: str = "received") -> TextView:
    with desk.looking(cast.actor("admin")) as act:
        views = list_texts(act, "真如街道", "https://grid.example.cn")
    return next(view for view in views if view.occasion == of)


def sent(desk: Desk) -> list[str]:
    with desk.looking(RESIDENT) as act:
        return [row.body for row in act.session.exec(select(OutboxMessage))]


def test_the_next_message_says_the_towns_own_words(desk: Desk, cast: Cast) -> None:
    write(desk, cast, "收到😀，编号{编号}，<script>{期限}</script>回复。")
    no = report(desk, cast, phone=PHONE).no
    assert sent(desk) == [f"收到😀，编号{no}，<script>6月19日17:30前</script>回复。"]


def test_words_are_reset_and_their_history_stays(desk: Desk, cast: Cast) -> None:
    write(desk, cast, "已收到 {编号}。")
    assert (text(desk, cast).words, text(desk, cast).is_own) == ("已收到 {编号}。", True)
    write(desk, cast, "")
    assert (text(desk, cast).words, text(desk, cast).is_own) == (text(desk, cast).default, False)
    with desk.looking(cast.actor("admin")) as act:
        back, there = list_changes(act, RuleKind.TEXT, "received")
    assert there.what == ("内容：系统默认 → 已收到 {编号}。",)
    assert back.what == ("内容：已收到 {编号}。 → 系统默认",)


def test_the_sample_has_all_that_is_paid_for(desk: Desk, cast: Cast) -> None:
    write(desk, cast, "{编号}")
    view = text(desk, cast)
    assert view.sample.startswith("【真如街道】26112800042 查看：https://grid.example.cn/c/")
    assert (view.sign_count, view.part_count) == (len(view.sample), 1)
    assert text(desk, cast, "closed").part_count == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [("{unknown}", "{unknown}"), ("字" * 201, "最多 200 个字"), ("字" * 2001, "有误"),
     ("{编号", "成对"),
     ("{答复}", "{答复}")],
)  # fmt: skip
def test_words_with_a_fault_are_refused_and_the_old_ones_stay(
    desk: Desk, cast: Cast, words: str, why: str
) -> None:
    with pytest.raises(FactsError, match=why):
        write(desk, cast, words)
    assert not text(desk, cast).is_own


def test_there_is_no_message_for_what_is_not_told(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError):
        write(desk, cast, "接单了", of="taken")


def test_no_database_is_given_what_it_cannot_keep_in_a_list(founded: Desk, cast: Cast) -> None:
    keep(founded, cast, Deed.CHANGE_COLOUR, "c1", triggers=["住\x00院", "跌倒\ud800"])
    with founded.looking(cast.actor("admin")) as act:
        assert list_rows(act, COLOURS)[0].values["triggers"] == ["住院", "跌倒?"]


def test_nine_colours_are_examples_until_the_street_says_otherwise(
    founded: Desk, cast: Cast
) -> None:
    keep(founded, cast, Deed.CHANGE_COLOUR, "c1", word="关爱", interval_days=14, triggers=["住院"])
    with founded.looking(cast.actor("admin")) as act:
        first, *others = list_rows(act, COLOURS)
    told = [first.values[name] for name in ("word", "interval_days", "triggers")]
    assert (*told, first.is_example) == ("关爱", 14, ["住院"], False)
    assert len(others) == 8
    assert all(each.is_example for each in others)
    assert len({each.values["shape"] for each in (first, *others)}) == 9


@pytest.mark.parametrize("facts", [{"hue": "orange"}, {"shape": "circle"}, {"word": "独居"}])
def test_two_care_colours_never_look_alike(
    founded: Desk, cast: Cast, facts: dict[str, str]
) -> None:
    with pytest.raises(ConflictError, match="独居"):
        keep(founded, cast, Deed.CHANGE_COLOUR, "c1", **facts)


@pytest.mark.parametrize(
    "facts",
    [{"hue": "#ff0000"}, {"interval_days": -1}, {"interval_days": 10000}, {"word": "五个字太长"}],
)
def test_a_colour_that_cannot_be_is_refused(
    founded: Desk, cast: Cast, facts: dict[str, Any]
) -> None:
    with pytest.raises(FactsError):
        keep(founded, cast, Deed.CHANGE_COLOUR, "c1", **facts)
    with pytest.raises(NotThereError):
        keep(founded, cast, Deed.CHANGE_COLOUR, "c77", word="关爱")


def test_reasons_to_visit_change_on_their_day(founded: Desk, cast: Cast, clock: Clock) -> None:
    keep(founded, cast, Deed.ADD_VISIT_KIND, name="来沪人员", interval_days=60)
    keep(founded, cast, Deed.CHANGE_VISIT_KIND, "alone", interval_days=3, from_on="2026-06-12")
    keep(founded, cast, Deed.RETIRE_VISIT_KIND, "party")
    clock.forward(days=2)
    with founded.acting(SYSTEM) as act:
        put_in_force(act)
        kinds = {kind.code: kind for kind in list_kinds(act)}
    assert (kinds["alone"].interval_days, "party" in kinds) == (3, False)
    assert "来沪人员" in {kind.name for kind in kinds.values()}


@pytest.mark.parametrize("who", ["chen", "wang", "audit"])
def test_nobody_else_keeps_texts_colours_and_reasons(founded: Desk, cast: Cast, who: str) -> None:
    tried: list[tuple[Deed, str, dict[str, Any]]] = [
        (Deed.CHANGE_TEXT, "received", {"words": "好"}),
        (Deed.CHANGE_COLOUR, "c1", {"word": "好"}),
        (Deed.CHANGE_VISIT_KIND, "alone", {"name": "好"}),
    ]
    for deed, of, facts in tried:
        with pytest.raises(NotAllowedError):
            do(founded, cast.actor(who), deed, of, **facts)
    with founded.looking(cast.actor(who)) as act:
        for table in (COLOURS, VISIT_KINDS):
            with pytest.raises(NotAllowedError):
                list_rows(act, table)


def test_what_hangs_on_a_reason_is_counted_before_it_is_retired(
    founded: Desk, cast: Cast, clock: Clock
) -> None:
    for door, kind in (("301室", "alone"), ("302室", "alone"), ("303室", "party")):
        a_household(founded, cast, door=door, kind=kind)
    gone = a_household(founded, cast, door="304室", kind="alone")
    do(founded, cast.actor("li"), Deed.END_HOUSEHOLD, gone, words="搬走了")
    clock.forward(days=400)
    with founded.looking(cast.actor("admin")) as act:
        assert see_kind_use(act, "alone") == KindUseView(households_count=2, due_count=2)
        assert see_kind_use(act, "party").households_count == 1
        with pytest.raises(NotThereError):
            see_kind_use(act, "nobody")
    with founded.looking(cast.actor("li")) as act, pytest.raises(NotAllowedError):
        see_kind_use(act, "alone")


def test_a_household_of_a_retired_reason_is_visited_as_before(founded: Desk, cast: Cast) -> None:
    household = a_household(founded, cast, kind="hardship")
    keep(founded, cast, Deed.RETIRE_VISIT_KIND, "hardship")
    assert visit(founded, cast, household)["next_on"] == day(30)


def test_a_reason_comes_back_unless_another_has_its_name(founded: Desk, cast: Cast) -> None:
    keep(founded, cast, Deed.RETIRE_VISIT_KIND, "alone")
    keep(founded, cast, Deed.RETIRE_VISIT_KIND, "alone", retired=False)
    keep(founded, cast, Deed.RETIRE_VISIT_KIND, "alone")
    with founded.looking(cast.actor("admin")) as act:
        rows = list_rows(act, VISIT_KINDS)
        name = next(row.values["name"] for row in rows if row.code == "alone")
    keep(founded, cast, Deed.ADD_VISIT_KIND, name=name)
    with pytest.raises(ConflictError, match=name):
        keep(founded, cast, Deed.RETIRE_VISIT_KIND, "alone", retired=False)


def test_a_colour_comes_back_unless_another_looks_like_it(founded: Desk, cast: Cast) -> None:
    with founded.looking(cast.actor("admin")) as act:
        first = list_rows(act, COLOURS)[0]
    keep(founded, cast, Deed.CHANGE_COLOUR, first.code, retired=True)
    keep(founded, cast, Deed.CHANGE_COLOUR, first.code, retired=False)
    keep(founded, cast, Deed.CHANGE_COLOUR, first.code, retired=True)
    keep(founded, cast, Deed.CHANGE_COLOUR, "c2", shape=first.values["shape"])
    with pytest.raises(ConflictError, match="形状"):
        keep(founded, cast, Deed.CHANGE_COLOUR, first.code, retired=False)

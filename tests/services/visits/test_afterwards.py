"""After a visit: put right by an appended word, made a case once, photos for the own grid."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import update

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.photos.forget import forget_photos
from gridapp.services.photos.keep import keep_photo
from gridapp.services.visits.read import list_diary
from gridapp.tables import Visit
from tests.cast import Cast
from tests.makers import do
from tests.services.photos.drawn_photos import a_picture, saved
from tests.services.visits.homes import a_household, day, see, visit


def a_photo(desk: Desk, cast: Cast) -> str:
    body = saved(a_picture(size=(64, 48)))
    name = sha256(body).hexdigest()
    with desk.acting(cast.actor("li")) as act:
        keep_photo(act, name, body)
    return name


def test_a_correction_is_appended_and_the_first_words_stay(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    said = visit(desk, cast, household, text="住着三个人")
    do(desk, cast.actor("li"), Deed.CORRECT_VISIT, said["visit"], words="是两个人")
    [seen] = see(desk, cast, household).visits
    assert (seen.text, [c.words for c in seen.corrections]) == ("住着三个人", ["是两个人"])


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_correction_puts_outcome_and_due_day_right(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    said = visit(desk, cast, household, outcome="not_home")
    told: dict[str, Any] = {"words": "其实是儿子开的门，老人在家", "outcome": "met", "on": day(-1)}
    do(desk, cast.actor("li"), Deed.CORRECT_VISIT, said["visit"], **told)
    seen = see(desk, cast, household)
    assert (str(seen.card.next_on), seen.card.last_words) == (day(29), "昨天")
    [one] = seen.visits
    assert (one.outcome, one.on_words, one.corrections[0].was_words) == (
        "met", "昨天", "不在家，今天，下次6月13日 周六",
    )  # fmt: skip


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_visit_of_another_household_moves_to_it_and_both_days_follow(
    desk: Desk, cast: Cast
) -> None:
    wrong, right = a_household(desk, cast), a_household(desk, cast, name="李阿婆")
    visit(desk, cast, wrong, on=day(-5))
    said = visit(desk, cast, wrong, next_on=day(3))
    do(desk, cast.actor("li"), Deed.CORRECT_VISIT, said["visit"], words="记错户", household=right)
    assert (see(desk, cast, wrong).card.next_on, see(desk, cast, wrong).card.last_words) == (
        date.fromisoformat(day(25)), "6月5日 周五",
    )  # fmt: skip
    assert see(desk, cast, right).card.next_on == date.fromisoformat(day(3))
    assert [len(see(desk, cast, one).visits) for one in (wrong, right)] == [1, 1]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"on": day(1)}, FactsError),
        ({"next_on": day(-1)}, FactsError),
        ({"household": "none"}, NotThereError),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    desk: Desk, cast: Cast, wrong: dict[str, str], error: type[Exception]
) -> None:
    said = visit(desk, cast, a_household(desk, cast))
    told: dict[str, Any] = {"words": "更正", **wrong}
    with pytest.raises(error):
        do(desk, cast.actor("li"), Deed.CORRECT_VISIT, said["visit"], **told)


@pytest.mark.parametrize(("who", "error"), [("chen", NotAllowedError), ("qian", NotThereError)])
def test_only_the_visitor_corrects(
    desk: Desk, cast: Cast, who: str, error: type[Exception]
) -> None:
    said = visit(desk, cast, a_household(desk, cast), text="住着三个人")
    with pytest.raises(error):
        do(desk, cast.actor(who), Deed.CORRECT_VISIT, said["visit"], words="不对")


def test_a_visit_becomes_a_case_once_with_its_photos(desk: Desk, cast: Cast) -> None:
    household, photo = a_household(desk, cast), a_photo(desk, cast)
    said = visit(desk, cast, household, text="楼道灯不亮", photos=(photo,))
    no = do(desk, cast.actor("li"), Deed.PROMOTE_VISIT, said["visit"]).reply["no"]
    [seen] = see(desk, cast, household).visits
    assert (seen.case_no, [b.deed for b in seen.buttons]) == (no, ["visit.correct"])
    with pytest.raises(ConflictError) as refused:
        do(desk, cast.actor("chen"), Deed.PROMOTE_VISIT, said["visit"])
    assert refused.value.facts["current"] == {"no": no}


def test_a_visit_without_words_has_nothing_to_report(desk: Desk, cast: Cast) -> None:
    said = visit(desk, cast, a_household(desk, cast))
    with pytest.raises(FactsError):
        do(desk, cast.actor("li"), Deed.PROMOTE_VISIT, said["visit"])


def test_a_photo_of_a_visit_is_for_the_own_grid_and_is_kept(desk: Desk, cast: Cast) -> None:
    photo = a_photo(desk, cast)
    visit(desk, cast, a_household(desk, cast), photos=(photo,))
    desk.clock.forward(hours=25)  # type: ignore[attr-defined]  # the tests' clock
    with desk.acting(cast.actor("chen")) as act:
        assert forget_photos(act) == 0
        assert see_photo(act, photo).jpeg
    for who in ("qian", "wang", "admin", "zhang"):
        with desk.looking(cast.actor(who)) as act, pytest.raises(NotThereError):
            see_photo(act, photo)


def test_the_diary_holds_the_own_visits_the_newest_first(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    for days in (-3, -1, -2):
        visit(desk, cast, household, on=day(days))
    visit(desk, cast, household, by="chen")
    with desk.looking(cast.actor("li")) as act:
        first = list_diary(act, limit=2)
        rest = list_diary(act, first.next, limit=2)
    told = [[v.on_words for v in page.items] for page in (first, rest)]
    assert told == [["昨天", "6月8日 周一"], ["6月7日 周日"]]
    assert first.items[0].whom == "1号楼 张**"


def test_a_diary_stays_behind_with_the_grid(desk: Desk, cast: Cast) -> None:
    visit(desk, cast, a_household(desk, cast))
    with desk.acting(RESIDENT) as act:
        act.session.execute(update(Visit).values(person_id=cast.qian))
    with desk.looking(cast.actor("qian")) as act:
        assert list_diary(act).items == ()

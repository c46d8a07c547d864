"""Old cases are found by what was answered as new ones are, once they have gone through it."""

import pytest
from alembic.script import ScriptDirectory
from sqlmodel import col, select, update

from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.store import migrate as migrations
from gridapp.services.store.migrate import downgrade, migrate
from gridapp.tables import Case
from tests.cast import Cast
from tests.makers import a_case, do

pytestmark = pytest.mark.both_databases

SCRIPTS = ScriptDirectory(str(migrations.SCRIPTS))
BEFORE = str(SCRIPTS.get_revision("0033_search_tails").down_revision)


def heard(desk: Desk) -> list[str]:
    with desk.looking(RESIDENT) as act:
        return list(act.session.exec(select(Case.grams).order_by(col(Case.id))))


def test_what_was_answered_before_is_found_after(own_desk: Desk, cast: Cast) -> None:
    wang = cast.actor("wang")
    made = [a_case(own_desk, cast, text="漏水") for _ in range(3)]
    for case in made[:2]:
        do(own_desk, wang, Deed.DECLINE, case.no, words="属于自来水公司管网改造范围")
    written = heard(own_desk)
    downgrade(own_desk.engine, BEFORE)
    with own_desk.acting(RESIDENT) as act:
        act.session.execute(update(Case).values(grams=written[2]))
    migrate(own_desk.engine)
    assert heard(own_desk) == written
    with own_desk.looking(wang) as act:
        found = list_cases(act, CaseFilter(q="管网改造")).items
    assert [card.no for card in found] == [made[1].no, made[0].no]

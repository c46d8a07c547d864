"""The demo's cases are what real deeds would have made: its stories played through the deeds."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import SQLModel, col

from gridapp.demo.casebook import tell_cases
from gridapp.demo.effects import EFFECTS
from gridapp.demo.sizes import Extent
from gridapp.demo.stage import Stage
from gridapp.demo.telling import Played, Told
from gridapp.demo.town import build_town
from gridapp.demo.writing import CaseWriter
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workflow import MOVES
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Act, Actor, Desk
from gridapp.services.orders import Order
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.photos.senders import note_senders, sender_keys
from gridapp.tables import Case, CaseLife, CasePhoto, CaseStep, OutboxMessage, Person, Photo
from tests.clock import Clock

# A seed with which every deed happens at least once.
SEED = "7"
VILLAGE = Extent(1, 1, 2, 1, 8, 110, 15, 0.2, 8)


@pytest.fixture
def stage(bare_desk: Desk) -> Stage:
    with bare_desk.acting(SYSTEM) as act:
        stage = build_town(act, VILLAGE, 7, "Zhenru-2026", lambda _what, _done, _total: None)
        # Staff who never signed in may do nothing; here all have.
        act.session.execute(update(Person).values(must_change_password=False))
    return stage


def doer(desk: Desk, told: Told, track: str) -> Actor:
    if told.by is None:
        return Actor(track=track)
    with desk.looking(SYSTEM) as act:
        actor = actor_of(act.session, told.by, told.at)
    assert actor is not None
    return actor


def order_of(played: Played, told: Told) -> Order:
    facts = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in told.facts.items()
    }
    report = played.report
    if told.uid == report.uid:
        names = ("at", "text", "category")
        facts |= {name: report.facts[name] for name in names}
    subject = "" if told.uid == report.uid else played.no
    done_at = told.at if told.by else None
    return Order(told.deed, subject, facts, done_at=done_at, uid=told.uid)


def bring_all(act: Act) -> None:
    """Let the actor have sent the album's photos."""
    ids = act.session.execute(select(col(Photo.id))).scalars().all()
    note_senders(act, [one for one in ids if one is not None], sender_keys(act.actor))


def replay(desk: Desk, clock: Clock, played: Played) -> None:
    """Do again in the real town what the story tells."""
    report = played.report
    moves = list(played.moves)
    at_once = bool(moves) and moves[0].uid == report.uid
    if not at_once:
        clock.moment = report.at
        told = Told(Deed.REPORT, report.at, report.by, report.uid)
        actor = Actor(device=report.device) if report.by is None else doer(desk, told, "")
        with desk.acting(actor) as act:
            bring_all(act)
            report_case(act, report.uid, ReportFacts(**report.facts))
    for told in moves:
        clock.moment = told.at
        with desk.acting(doer(desk, told, track_of(desk, played))) as act:
            bring_all(act)
            do_deed(act, order_of(played, told))


def track_of(desk: Desk, played: Played) -> str:
    with desk.looking(SYSTEM) as act:
        row = act.session.get(Case, played.row["id"])
        return row.track if row else ""


Rows = list[dict[str, Any]]


def kept(desk: Desk, table: type[SQLModel], *hidden: str) -> Rows:
    """Give the rows of a table, oldest first."""
    with desk.looking(SYSTEM) as act:
        columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
        rows = act.session.execute(select(*columns).order_by(columns["id"])).mappings()
        return [{name: row[name] for name in row if name not in hidden} for row in rows]


# Once, on SQLite: what is compared are the values, and the types of both are tested elsewhere.
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_every_row_of_the_demo_is_what_its_deeds_would_have_made(
    bare_desk: Desk, clock: Clock, stage: Stage
) -> None:
    stories = list(tell_cases(stage, VILLAGE, SEED))
    for played in stories:
        replay(bare_desk, clock, played)
    real = ledger(bare_desk)

    write(bare_desk, stories)

    assert ledger(bare_desk) == real


def test_the_demo_tells_of_every_deed_on_a_case(stage: Stage) -> None:
    told = {step["deed"] for played in tell_cases(stage, VILLAGE, SEED) for step, _ in played.steps}

    assert told == {*EFFECTS, Deed.REPORT}
    # What everybody may read is no part of a case's life; the demo releases nothing.
    assert set(EFFECTS) == set(MOVES) - {Deed.PUBLISH, Deed.UNPUBLISH, Deed.LET_IN, Deed.UNDO_SORT}


def ledger(desk: Desk) -> list[Rows]:
    """Give all of cases; only a tracking token is chance in a real town."""
    cases, steps = kept(desk, Case, "track"), kept(desk, CaseStep)
    lives = sorted(kept(desk, CaseLife, "id"), key=lambda life: (life["case_id"], life["number"]))
    return [cases, lives, steps, kept(desk, CasePhoto, "id")]


def write(desk: Desk, stories: list[Played]) -> None:
    """Write the stories as the demo does, in the place of those done by deeds."""
    with desk.acting(SYSTEM) as act:
        for table in (CasePhoto, CaseStep, CaseLife, OutboxMessage, Case):
            act.session.execute(delete(table))
        writer = CaseWriter(act)
        for played in stories:
            writer.take(played)
        writer.write()

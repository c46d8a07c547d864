"""Fills an empty database with a demo, all or nothing."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import exists, select
from sqlmodel import SQLModel

from gridapp.demo.areas import Row
from gridapp.demo.casebook import tell_cases
from gridapp.demo.faces import hang_faces
from gridapp.demo.patrols import patrol
from gridapp.demo.register import write_register
from gridapp.demo.sizes import EXTENTS, Extent, Size
from gridapp.demo.sketches import sketch_streets
from gridapp.demo.stage import Stage
from gridapp.demo.town import Progress, build_town
from gridapp.demo.visits import visit_homes
from gridapp.demo.walks import walk
from gridapp.demo.writing import CaseWriter, mend_sequences, write_rows
from gridapp.domain.errors import GridappError
from gridapp.services.desk import Act
from gridapp.services.town import DEMO_FACT
from gridapp.tables import (
    Building,
    Case,
    CaseStep,
    CheckIn,
    ContactHousehold,
    Grid,
    Household,
    Note,
    PatrolDuty,
    PatrolNight,
    PatrolPoint,
    PatrolRoster,
    Person,
    Post,
    Premises,
    TownFact,
    Unit,
    Verification,
    VerificationItem,
    Visit,
    VisitKind,
)

DEFAULT_SEED: Final = 2026
_FILLED: Final[tuple[type[SQLModel], ...]] = (Grid, Building, Person, Case, Unit)
_NUMBERED: Final[tuple[type[SQLModel], ...]] = (
    Grid, Building, Unit, Person, Post, Case, CaseStep, PatrolPoint, PatrolRoster, PatrolNight,
    ContactHousehold, Household, Premises, Verification, VerificationItem,
)  # fmt: skip


class TownNotEmptyError(GridappError):
    """There is something in the database already; a demo is filled into an empty one only."""

    code = "demo.not_empty"
    sentence = "数据库里已有数据，演示只能填进空数据库。"
    status = 409


@dataclass(frozen=True)
class Filled:
    """What a demo has come to."""

    grid_count: int
    building_count: int
    person_count: int
    case_count: int


def is_empty(act: Act) -> bool:
    """Tell whether nothing of a town is there yet."""
    return not any(
        act.session.execute(select(exists().select_from(table))).scalar_one() for table in _FILLED
    )


def fill_demo(
    act: Act, size: Size, *, seed: int, password: str, progress: Progress | None = None
) -> Filled:
    """Fill an empty town with the demo; its present is the moment of the act.

    Raises:
        TownNotEmptyError: It is not empty.
    """
    if not is_empty(act):
        raise TownNotEmptyError
    say = progress or (lambda _what, _done, _total: None)
    extent = EXTENTS[size]
    stage = build_town(act, extent, seed, password, say)
    case_count = _write_cases(act, stage, extent, str(seed), say)
    check_ins, notes = walk(stage, str(seed))
    write_rows(act, CheckIn, check_ins)
    write_rows(act, Note, notes)
    homes = _write_visits(act, stage, str(seed))
    _write_patrols(act, stage, str(seed))
    write_register(act, stage, str(seed), homes)
    sketch_streets(act)
    mend_sequences(act, _NUMBERED)
    hang_faces(act)
    act.session.add(TownFact(key=DEMO_FACT, value=True))
    act.session.flush()
    grids = len({place.grid_id for place in stage.places})
    return Filled(grids, len(stage.places), len(stage.staff.people), case_count)


def _write_visits(act: Act, stage: Stage, seed: str) -> list[Row]:
    kinds = {row.code: row for row in act.session.execute(select(VisitKind)).scalars()}
    homes, visits = visit_homes(stage, kinds, seed)
    write_rows(act, ContactHousehold, homes)
    write_rows(act, Visit, visits)
    return homes


def _write_patrols(act: Act, stage: Stage, seed: str) -> None:
    rows = patrol(stage, seed)
    write_rows(act, PatrolPoint, rows.points)
    write_rows(act, CheckIn, rows.check_ins)
    write_rows(act, PatrolRoster, rows.rosters)
    write_rows(act, PatrolNight, rows.nights)
    write_rows(act, PatrolDuty, rows.duties)


def _write_cases(act: Act, stage: Stage, extent: Extent, seed: str, say: Progress) -> int:
    writer = CaseWriter(act)
    done = 0
    for played in tell_cases(stage, extent, seed):
        writer.take(played)
        done += 1
        if done % 100 == 0:
            say("写事件", done, extent.case_count)
    writer.write()
    say("写事件", done, done)
    return done

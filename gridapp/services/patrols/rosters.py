"""Makes night patrol rosters, says who goes on a night, and cancels nights (夜巡排班)."""

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, Any, Final
from uuid import uuid4

from pydantic import Field, StringConstraints, field_validator
from sqlalchemy import CursorResult, delete, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.patrols.crew import crew_within
from gridapp.services.patrols.open_point import uuid_of
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Grid, PatrolDuty, PatrolNight, PatrolRoster

_NIGHTS_MAX_COUNT: Final = 62
_CREW_MAX_COUNT: Final = 20

Theme = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
People = Annotated[
    tuple[Annotated[int, Field(ge=1, le=2**31 - 1)], ...], Field(max_length=_CREW_MAX_COUNT)
]
Names = Annotated[tuple[Name, ...], Field(max_length=_CREW_MAX_COUNT)]


class CrewFacts(Facts):
    """Who goes: staff and volunteers by their ids, volunteers without account by name."""

    people: People = ()
    names: Names = ()


class MakeRosterFacts(CrewFacts):
    """Where, what for, and on which nights; by the Beijing clock, 18:00 to 21:00 unless said."""

    grid: Annotated[str, Field(max_length=32)]
    theme: Theme = "平安夜巡"
    nights: Annotated[tuple[Day, ...], Field(min_length=1, max_length=_NIGHTS_MAX_COUNT)]
    starts: Clock = "18:00"
    ends: Clock = "21:00"

    @field_validator("nights")
    @classmethod
    def _each_once(cls, nights: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(sorted(set(nights)))


class CancelRosterFacts(Facts):
    """Nothing more is asked."""


@verb(Deed.MAKE_ROSTER, MakeRosterFacts)
def make_roster(act: Act, order: Order, facts: MakeRosterFacts) -> dict[str, Any]:
    """Make a roster; the same people go on each of its nights until somebody says otherwise.

    Raises:
        NotThereError: The grid lies out of reach.
        FactsError: A night is past, the hours are none, or somebody holds no post there.
    """
    grid = open_grid(act, facts.grid, Deed.MAKE_ROSTER)
    if facts.nights[0] < beijing_date(act.now):
        raise FactsError("日期已经过去，请重新选择。", fields={"nights": "日期已经过去"})
    if time.fromisoformat(facts.starts) == time.fromisoformat(facts.ends):
        raise FactsError("开始和结束不能是同一时刻。", fields={"ends": "请重新选择"})
    assert grid.id is not None
    crew = crew_within(act, grid, facts.people)
    roster = PatrolRoster(
        uid=order.uid, grid_id=grid.id, theme=facts.theme,
        starts=facts.starts, ends=facts.ends, made_at=act.now,
    )  # fmt: skip
    act.session.add(roster)
    act.session.flush()
    assert roster.id is not None
    nights = [
        PatrolNight(uid=uuid4(), roster_id=roster.id, night_on=night) for night in facts.nights
    ]
    act.session.add_all(nights)
    act.session.flush()
    for night in nights:
        _staff(act, night, crew, facts.names)
    return {"receipt": str(order.uid), "roster": str(order.uid), "night_count": len(nights)}


@verb(Deed.STAFF_ROSTER, CrewFacts)
def staff_night(act: Act, order: Order, facts: CrewFacts) -> dict[str, Any]:
    """Say anew who goes on one night.

    Raises:
        NotThereError: No such night, or out of reach.
        ConflictError: It was changed or cancelled meanwhile; ``current`` tells its version.
        FactsError: Somebody holds no post there.
    """
    night, grid = open_night(act, order.subject, Deed.STAFF_ROSTER)
    crew = crew_within(act, grid, facts.people)
    version = _write(act, order, night, {})
    act.session.execute(delete(PatrolDuty).where(col(PatrolDuty.night_id) == night.id))
    _staff(act, night, crew, facts.names)
    return {"receipt": str(order.uid), "night": str(night.uid), "version": version}


@verb(Deed.CANCEL_ROSTER, CancelRosterFacts)
def cancel_night(act: Act, order: Order, _facts: CancelRosterFacts) -> dict[str, Any]:
    """Cancel one night; it stays on the list, so that everybody sees that nobody goes.

    Raises:
        NotThereError: No such night, or out of reach.
        ConflictError: It was changed or cancelled meanwhile; ``current`` tells its version.
    """
    night, _ = open_night(act, order.subject, Deed.CANCEL_ROSTER)
    version = _write(act, order, night, {"cancelled_at": act.now})
    return {"receipt": str(order.uid), "night": str(night.uid), "version": version}


def open_night(act: Act, subject: str, deed: Deed) -> tuple[PatrolNight, Grid]:
    """Open a night in a grid in which the actor may do the deed.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
        NotThereError: No such night, or out of reach.
    """
    demand(act, deed)
    found = act.session.execute(
        select(PatrolNight, Grid)
        .join(PatrolRoster, col(PatrolRoster.id) == col(PatrolNight.roster_id))
        .join(Grid, col(Grid.id) == col(PatrolRoster.grid_id))
        .where(col(PatrolNight.uid) == uuid_of(subject), grids_within(act.actor, deed))
    ).first()
    if found is None:
        raise NotThereError
    return found[0], found[1]


def _write(act: Act, order: Order, night: PatrolNight, told: dict[str, Any]) -> int:
    version = night.version if order.version is None else order.version
    done = act.session.execute(
        update(PatrolNight)
        .where(
            col(PatrolNight.id) == night.id,
            col(PatrolNight.version) == version,
            col(PatrolNight.cancelled_at).is_(None),
        )
        .values(version=version + 1, **told)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(night)
    if done.rowcount != 1:
        current = {"version": night.version, "is_cancelled": night.cancelled_at is not None}
        raise ConflictError(current=current)
    return version + 1


def _staff(
    act: Act, night: PatrolNight, crew: Iterable[tuple[int, str]], names: Iterable[str]
) -> None:
    assert night.id is not None
    going: list[tuple[int | None, str]] = [*crew, *((None, name) for name in dict.fromkeys(names))]
    act.session.add_all(
        PatrolDuty(uid=uuid4(), night_id=night.id, person_id=person_id, name=name)
        for person_id, name in going
    )

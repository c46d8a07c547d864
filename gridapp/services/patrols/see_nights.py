"""Lists the nights of patrol ahead, with who goes; names of colleagues, never a count of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed, Reach
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.bad_rows import readable
from gridapp.services.desk import Act
from gridapp.services.permit import covers, demand, grids_within
from gridapp.tables import Grid, PatrolDuty, PatrolNight, PatrolRoster

NIGHTS_MAX_COUNT: Final = 100
_DAYS_AHEAD: Final = 62


@dataclass(frozen=True)
class DutyView:
    """One of the people of a night.

    Args:
        is_mine: Whether it is the reader.
        wants_cover: Whether somebody is asked to take it over.
        may_ask: Whether the reader may give it away.
        may_cover: Whether the reader may take it over, or back.
    """

    duty: UUID
    name: str
    person_id: int | None
    is_mine: bool
    wants_cover: bool
    may_ask: bool
    may_cover: bool


@dataclass(frozen=True)
class NightView:
    """One night of patrol, by the Beijing clock."""

    night: UUID
    version: int
    theme: str
    grid: str
    grid_code: str
    night_on: date
    starts: str
    ends: str
    is_cancelled: bool
    is_mine: bool
    may_staff: bool
    duties: tuple[DutyView, ...]


def see_nights(act: Act, *, days_ahead: int = _DAYS_AHEAD) -> tuple[NightView, ...]:
    """List the nights from today on in the grids in reach, soonest first, at most 100.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees rosters.
    """
    demand(act, Deed.SEE_ROSTER)
    today = beijing_date(act.now)
    found = act.session.execute(
        select(PatrolNight, PatrolRoster, Grid)
        .join(PatrolRoster, col(PatrolRoster.id) == col(PatrolNight.roster_id))
        .join(Grid, col(Grid.id) == col(PatrolRoster.grid_id))
        .where(
            grids_within(act.actor, Deed.SEE_ROSTER),
            col(PatrolNight.night_on).between(today, today + timedelta(days=days_ahead)),
        )
        .order_by(col(PatrolNight.night_on), col(PatrolRoster.starts), col(PatrolNight.id))
        .limit(NIGHTS_MAX_COUNT)
    ).all()
    duties = _duties(act, [night.id for night, _, _ in found])

    def view(one: Any) -> NightView:
        night, roster, grid = one
        return _view(act, night, roster, grid, duties.get(night.id, []))

    return tuple(readable("patrol nights", found, view))


def _duties(act: Act, nights: Sequence[int | None]) -> dict[int | None, list[PatrolDuty]]:
    by_night: dict[int | None, list[PatrolDuty]] = {}
    found = act.session.execute(
        select(PatrolDuty).where(col(PatrolDuty.night_id).in_(nights)).order_by(col(PatrolDuty.id))
    )
    for duty in found.scalars():
        by_night.setdefault(duty.night_id, []).append(duty)
    return by_night


def _view(
    act: Act, night: PatrolNight, roster: PatrolRoster, grid: Grid, duties: list[PatrolDuty]
) -> NightView:
    me, is_on = act.actor.person_id, night.cancelled_at is None
    is_mine = any(duty.person_id == me for duty in duties)
    may_cover = is_on and covers(act.actor, Deed.COVER, grid.path)
    return NightView(
        night=night.uid,
        version=night.version,
        theme=roster.theme,
        grid=grid.name,
        grid_code=grid.code,
        night_on=night.night_on,
        starts=roster.starts,
        ends=roster.ends,
        is_cancelled=not is_on,
        is_mine=is_mine,
        may_staff=is_on and covers(act.actor, Deed.STAFF_ROSTER, grid.path),
        duties=tuple(
            DutyView(
                duty=duty.uid,
                name=duty.name,
                person_id=duty.person_id,
                is_mine=duty.person_id == me,
                wants_cover=duty.cover_wanted_at is not None,
                may_ask=is_on and duty.person_id == me and not duty.cover_wanted_at and _asks(act),
                may_cover=may_cover
                and duty.cover_wanted_at is not None
                and (duty.person_id == me or not is_mine),
            )
            for duty in duties
        ),
    )


def _asks(act: Act) -> bool:
    return any(reach_of(Deed.ASK_COVER, role) is Reach.OWN for role in act.actor.roles)

"""Shows one building: its facts, its codes and what became of them, its doors, its shops."""

from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.prints.views import Sheet
from gridapp.services.register.access import open_building
from gridapp.services.register.buildings import version_of
from gridapp.services.register.counts import count_records
from gridapp.services.register.lists import (
    household_line,
    households,
    premises,
    premises_line,
)
from gridapp.services.register.read import buttons_for
from gridapp.services.register.views import BuildingView, CodeView
from gridapp.tables import (
    Building,
    BuildingCode,
    CodeChange,
    Household,
    Premises,
    PrintRecord,
)

DOORS_MAX_COUNT: Final = 600
_PREMISES_MAX_COUNT: Final = 50
_CODES_MAX_COUNT: Final = 10
_ON_BUILDING: Final = (
    Deed.ENTER_HOUSEHOLD, Deed.ENTER_PREMISES, Deed.CHANGE_BUILDING, Deed.RETIRE_BUILDING,
    Deed.ISSUE_CODE, Deed.REPLACE_CODE, Deed.RETIRE_CODE, Deed.PRINT,
)  # fmt: skip
CODE_STATE: Final = {"hanging": "已打印", "unprinted": "待打印", "retired": "已停用"}


def see_building(act: Act, building: str) -> BuildingView:
    """Show a building, named by its number or by a code; people masked.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: No such building, or out of reach.
    """
    row, grid = open_building(act, building, Deed.SEE_REGISTER, also_retired=True)
    assert row.id is not None
    doors = _doors(act, row)
    is_retired = row.retired_at is not None
    return BuildingView(
        id=row.id,
        version=version_of(row),
        name=row.name,
        address=row.address,
        grid=grid.name,
        grid_code=grid.code,
        unit_count=row.unit_count,
        floor_count=row.floor_count,
        on_record_count=count_records(act, row.id),
        household_count=row.household_count,
        is_retired=is_retired,
        codes=_codes(act, row),
        doors=tuple(household_line(door) for door in doors[:DOORS_MAX_COUNT]),
        has_more_doors=len(doors) > DOORS_MAX_COUNT,
        premises=tuple(premises_line(act, found) for found in _premises(act, row)),
        buttons=() if is_retired else buttons_for(act, _ON_BUILDING, grid),
    )


def _doors(act: Act, row: Building) -> list[Any]:
    here = households().where(
        col(Household.building_id) == row.id, col(Household.retired_at).is_(None)
    )
    ordered = here.order_by(col(Household.position), col(Household.id))
    return list(act.session.execute(ordered.limit(DOORS_MAX_COUNT + 1)).all())


def _premises(act: Act, row: Building) -> list[Any]:
    here = premises().where(col(Premises.building_id) == row.id, col(Premises.retired_at).is_(None))
    ordered = here.order_by(col(Premises.spot), col(Premises.id)).limit(_PREMISES_MAX_COUNT)
    return list(act.session.execute(ordered).all())


def _codes(act: Act, row: Building) -> tuple[CodeView, ...]:
    """List the codes of a building, those in force first, the newest first."""
    found = act.session.execute(
        select(BuildingCode)
        .where(col(BuildingCode.building_id) == row.id)
        .order_by(
            col(BuildingCode.retired_at).is_not(None), col(BuildingCode.issued_at).desc(),
            col(BuildingCode.code),
        )
        .limit(_CODES_MAX_COUNT)
    ).scalars()  # fmt: skip
    ended = {
        change.code: change
        for change in act.session.execute(
            select(CodeChange)
            .where(col(CodeChange.building_id) == row.id, col(CodeChange.change) != "issue")
            .order_by(col(CodeChange.id))
        ).scalars()
    }
    printed = act.session.execute(
        select(func.max(col(PrintRecord.printed_at))).where(
            col(PrintRecord.building_id) == row.id,
            col(PrintRecord.sheet).in_([Sheet.POSTER.value, Sheet.STAIRWELL.value]),
        )
    ).scalar_one()
    return tuple(_code(act, code, ended.get(code.code), printed) for code in found)


def _code(act: Act, row: BuildingCode, ended: CodeChange | None, printed: Any) -> CodeView:
    is_printed = printed is not None and printed >= row.issued_at
    state = "retired" if row.retired_at else "hanging" if is_printed else "unprinted"
    return CodeView(
        code=row.code,
        state=state,
        state_label=CODE_STATE[state],
        issued_words=day_words(act.now, beijing_date(row.issued_at)),
        printed_words=day_words(act.now, beijing_date(printed))
        if is_printed and not row.retired_at
        else "",
        retired_words=day_words(act.now, beijing_date(row.retired_at)) if row.retired_at else "",
        why=ended.reason if ended else "",
        successor=ended.successor if ended else "",
    )

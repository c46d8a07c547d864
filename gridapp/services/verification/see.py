"""Shows verifications: how far each grid is, which records are left, which are disputed.

It counts records and grids, never people: who verified how many is known to no page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.permissions import may_at_all
from gridapp.domain.privacy import mask_name
from gridapp.domain.registering import (
    PREMISES_KIND,
    RECORD_KIND,
    VERIFIED,
    RecordKind,
    Verified,
    door_words,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.page_keys import key_id
from gridapp.services.permit import demand, open_grid
from gridapp.services.register.search import household_tells, premises_tells, words_of
from gridapp.services.verification.access import open_verification, touches
from gridapp.services.verification.progress import (
    ProgressView,
    count_by_grid,
    sum_of,
    walked_grids,
    within_reach,
)
from gridapp.tables import (
    Building,
    Grid,
    Household,
    Premises,
    Verification,
    VerificationItem,
)

PAGE_MAX_COUNT: Final = 50
_LISTED_MAX_COUNT: Final = 50


@dataclass(frozen=True)
class VerificationLine:
    """A verification in a list."""

    id: str
    version: int
    name: str
    kinds_words: str
    days_words: str
    is_ended: bool
    progress: ProgressView


@dataclass(frozen=True)
class VerificationView:
    """One verification with its progress by grid, in the order of their codes."""

    line: VerificationLine
    grids: tuple[ProgressView, ...]
    may_end: bool
    may_verify: bool
    may_decide: bool


@dataclass(frozen=True)
class ItemLine:
    """A record to be gone through."""

    record: str
    kind: str
    kind_label: str
    place: str
    who: str
    status: str
    status_label: str
    grid: str


@dataclass(frozen=True)
class ItemPage:
    """A page of records; ``next`` is the key for the following one, or empty."""

    items: tuple[ItemLine, ...]
    next: str
    total: int


@dataclass(frozen=True)
class ItemFilter:
    """What is asked for: ``status`` is a word of ``Verified``, or ``left`` for what is not done."""

    status: str = ""
    grid: str = ""
    q: str = ""
    after: str = ""
    limit: int = 20


LEFT: Final = "left"


def list_verifications(act: Act) -> tuple[VerificationLine, ...]:
    """List the verifications that touch the actor's reach: those that run first, at most 50.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
    """
    demand(act, Deed.SEE_REGISTER)
    rows = act.session.execute(
        select(Verification)
        .where(touches(act.actor, Deed.SEE_REGISTER))
        .order_by(col(Verification.ended_at).is_not(None), col(Verification.id).desc())
        .limit(_LISTED_MAX_COUNT)
    ).scalars().all()  # fmt: skip
    return tuple(
        _line(act, row, sum_of("", "", list(count_by_grid(act, row).values()))) for row in rows
    )


def see_verification(act: Act, verification: str) -> VerificationView:
    """Show one verification, as far as the actor's reach goes.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: No such verification, or out of reach.
    """
    row = open_verification(act, verification, Deed.SEE_REGISTER)
    counts = count_by_grid(act, row)
    runs, roles = row.ended_at is None, act.actor.roles
    return VerificationView(
        line=_line(act, row, sum_of("", "", list(counts.values()))),
        grids=walked_grids(act, counts),
        may_end=runs and may_at_all(Deed.END_VERIFICATION, roles),
        may_verify=runs and may_at_all(Deed.VERIFY_RECORD, roles),
        may_decide=may_at_all(Deed.DECIDE_RECORD, roles),
    )


def list_items(act: Act, verification: str, asked: ItemFilter) -> ItemPage:
    """List the records of a verification in reach, building by building and door by door.

    Raises:
        NotThereError: No such verification or grid, or out of reach.
        FactsError: The key is none.
    """
    row = open_verification(act, verification, Deed.SEE_REGISTER)
    wheres = [*within_reach(act, row), _status(asked.status)]
    if asked.grid:
        path = open_grid(act, asked.grid, Deed.SEE_REGISTER).path
        wheres.append(col(Grid.path).startswith(path, autoescape=True))
    wheres += [or_(household_tells(act, word), premises_tells(word)) for word in words_of(asked.q)]
    found = _items().where(*wheres)
    order = (col(VerificationItem.building_id), _position(), col(VerificationItem.id))
    limit = max(1, min(asked.limit, PAGE_MAX_COUNT))
    page = found.where(_after(asked.after)).order_by(*order).limit(limit + 1)
    rows = act.session.execute(page).all()
    key = ""
    if len(rows) > limit:
        item, home = rows[limit - 1][0], rows[limit - 1][1]
        key = f"{item.building_id}_{home.position if home else ''}_{item.id}"
    total: int = act.session.execute(
        found.with_only_columns(func.count(), maintain_column_froms=True)
    ).scalar_one()
    return ItemPage(tuple(_item(one) for one in rows[:limit]), key, total)


def _items() -> Select[Any]:
    asked: Any = (
        select(VerificationItem, Household, Premises, col(Building.name), col(Grid.name))
        .join(Building, col(Building.id) == col(VerificationItem.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .outerjoin(Household, col(Household.id) == col(VerificationItem.household_id))
        .outerjoin(Premises, col(Premises.id) == col(VerificationItem.premises_id))
    )
    return asked  # type: ignore[no-any-return]  # the rows are taken apart by hand


def _status(asked: str) -> ColumnElement[bool]:
    status = col(VerificationItem.status)
    if asked == LEFT:
        return status.in_([Verified.OPEN, Verified.NOT_FOUND])
    return status == Verified(asked) if asked in set(Verified) else true()


def _position() -> ColumnElement[str]:
    # Shops stand before the dwellings of their building.
    return func.coalesce(col(Household.position), "")


def _after(key: str) -> ColumnElement[bool]:
    if not key:
        return true()
    building, _, rest = key.partition("_")
    position, _, row_id = rest.rpartition("_")
    at, last = key_id(building), key_id(row_id)
    here = col(VerificationItem.building_id)
    later = or_(
        _position() > position,
        and_(_position() == position, col(VerificationItem.id) > last),
    )
    return or_(here > at, and_(here == at, later))


def _item(found: Sequence[Any]) -> ItemLine:
    item, home, shop, building, grid = found
    if home is not None:
        kind, label, record = "household", RECORD_KIND[RecordKind.HOUSEHOLD], home
        place, who = f"{building} {door_words(home.unit, home.door)}", mask_name(home.name)
    else:
        kind, label, record = shop.kind.value, PREMISES_KIND[shop.kind], shop
        place, who = f"{building} {shop.spot}".strip(), shop.name
    return ItemLine(
        str(record.uid), kind, label, place, who, item.status.value, VERIFIED[item.status], grid
    )


def _line(act: Act, row: Verification, progress: ProgressView) -> VerificationLine:
    days = f"{day_words(act.now, row.starts_on)}至{day_words(act.now, row.ends_on)}"
    kinds = "、".join(RECORD_KIND[RecordKind(kind)] for kind in row.kinds)
    ended = row.ended_at is not None
    return VerificationLine(str(row.uid), row.version, row.name, kinds, days, ended, progress)

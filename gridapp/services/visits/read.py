"""Shows one contact household with its history, and a worker's own diary (民情日记)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import DEED, VISIT_OUTCOME
from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.vocabulary import Deed, VisitOutcome
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.bad_rows import readable
from gridapp.services.case_access import case_no_of
from gridapp.services.cases.views import ButtonView
from gridapp.services.desk import Act
from gridapp.services.page_keys import key_day, key_id
from gridapp.services.permit import covers, demand
from gridapp.services.visits.access import (
    buildings_within,
    may_on_visit,
    uid_of,
)
from gridapp.services.visits.lists import card_of, households
from gridapp.services.visits.views import CorrectionView, HouseholdView, VisitPage, VisitView
from gridapp.tables import (
    Building,
    Case,
    ContactHousehold,
    Grid,
    Person,
    Photo,
    Visit,
    VisitCorrection,
    VisitKind,
    VisitPhoto,
)

HISTORY_MAX_COUNT: Final = 50
DIARY_MAX_COUNT: Final = 20
_ON_HOUSEHOLD: Final = (
    Deed.RECORD_VISIT, Deed.REVEAL_HOUSEHOLD, Deed.CHANGE_HOUSEHOLD, Deed.END_HOUSEHOLD,
)  # fmt: skip


def see_household(act: Act, household: str) -> HouseholdView:
    """Show a contact household of the own grids, masked, with its newest visits.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees visits.
        NotThereError: No such household, or out of reach.
    """
    demand(act, Deed.SEE_VISIT)
    asked = households().add_columns(col(Grid.path), col(VisitKind.code))
    mine = asked.where(col(ContactHousehold.uid) == uid_of(household), buildings_within(act.actor))
    found = act.session.execute(mine).first()
    if found is None:
        raise NotThereError
    row: ContactHousehold = found[0]
    visits = _visits().where(col(Visit.household_id) == row.id).limit(HISTORY_MAX_COUNT)
    return HouseholdView(
        card=card_of(act, found),
        version=row.version,
        kind_code=found[6],
        interval_days=row.interval_days,
        phone_masked=mask_phone(row.phone),
        ended_words=_ended_words(act, row),
        visits=_views(act, act.session.execute(visits).all()),
        buttons=_buttons(act, row, found[5]),
    )


def list_diary(act: Act, after: str = "", limit: int = DIARY_MAX_COUNT) -> VisitPage:
    """List the actor's own visits in reach, the newest first.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees visits.
        FactsError: The key is none.
    """
    demand(act, Deed.SEE_VISIT)
    own = _visits().where(
        col(Visit.person_id) == act.actor.person_id, buildings_within(act.actor), _before(after)
    )
    rows = act.session.execute(own.limit(limit + 1)).all()
    following = ""
    if len(rows) > limit:
        last: Visit = rows[limit - 1][0]
        following = f"{last.visited_on}_{last.id}"
    return VisitPage(_views(act, rows[:limit]), following)


def _before(key: str) -> ColumnElement[bool]:
    if not key:
        return col(Visit.id) > 0
    day, _, number = key.partition("_")
    on, row_id = key_day(day), key_id(number)
    visited_on = col(Visit.visited_on)
    return or_(visited_on < on, and_(visited_on == on, col(Visit.id) < row_id))


def _ended_words(act: Act, row: ContactHousehold) -> str:
    if row.ended_at is None:
        return ""
    return f"{day_words(act.now, beijing_date(row.ended_at))}结束联系：{row.ended_why}"


def _buttons(act: Act, row: ContactHousehold, grid_path: str) -> tuple[ButtonView, ...]:
    if row.ended_at is not None:
        return ()
    may = (deed for deed in _ON_HOUSEHOLD if covers(act.actor, deed, grid_path))
    return tuple(ButtonView(deed.value, DEED[deed]) for deed in may)


def _visits() -> Select[Any]:
    asked: Any = (
        select(
            Visit,
            col(ContactHousehold.uid),
            col(ContactHousehold.name),
            col(Building.name),
            col(Grid.path),
            col(VisitKind.name),
            col(Person.name),
            Case,
        )
        .join(ContactHousehold, col(ContactHousehold.id) == col(Visit.household_id))
        .join(Building, col(Building.id) == col(ContactHousehold.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .join(VisitKind, col(VisitKind.id) == col(Visit.kind_id))
        .join(Person, col(Person.id) == col(Visit.person_id))
        .outerjoin(Case, col(Case.id) == col(Visit.case_id))
        .order_by(col(Visit.visited_on).desc(), col(Visit.id).desc())
    )
    return asked  # type: ignore[no-any-return]  # more columns than SQLAlchemy has types for


def _views(act: Act, rows: Sequence[Any]) -> tuple[VisitView, ...]:
    ids = [row[0].id for row in rows]
    photos, corrections = _photos(act, ids), _corrections(act, ids)

    def view(row: Any) -> VisitView:
        return _view(act, row, photos[row[0].id], corrections[row[0].id])

    return tuple(readable("visits", rows, view))


def _view(act: Act, row: Any, photos: list[str], corrections: list[CorrectionView]) -> VisitView:
    visit, uid, name, building, path, kind, by, case = row
    return VisitView(
        id=str(visit.uid),
        household=str(uid),
        whom=f"{building} {mask_name(name)}",
        by=by,
        on_words=day_words(act.now, visit.visited_on),
        outcome=visit.outcome.value,
        outcome_label=VISIT_OUTCOME[visit.outcome],
        kind=kind,
        text=visit.text,
        next_words=day_words(act.now, visit.next_on) if visit.next_on else "",
        photos=tuple(photos),
        corrections=tuple(corrections),
        case_no=case_no_of(case) if case else "",
        buttons=_on_visit(act, visit, path),
    )


def _on_visit(act: Act, visit: Visit, grid_path: str) -> tuple[ButtonView, ...]:
    deeds = [Deed.CORRECT_VISIT]
    if visit.case_id is None and visit.text:
        deeds.append(Deed.PROMOTE_VISIT)
    return tuple(
        ButtonView(deed.value, DEED[deed])
        for deed in deeds
        if may_on_visit(act.actor, deed, visit.person_id, grid_path)
    )


def _photos(act: Act, visit_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    asked = (
        select(col(VisitPhoto.visit_id), col(Photo.sha256))
        .join(Photo, col(Photo.id) == col(VisitPhoto.photo_id))
        .where(col(VisitPhoto.visit_id).in_(visit_ids))
        .order_by(col(Photo.id))
    )
    for visit_id, sha256 in act.session.execute(asked):
        found[visit_id].append(sha256)
    return found


def _corrections(act: Act, visit_ids: list[int]) -> dict[int, list[CorrectionView]]:
    found: dict[int, list[CorrectionView]] = defaultdict(list)
    asked = (
        select(VisitCorrection)
        .where(col(VisitCorrection.visit_id).in_(visit_ids))
        .order_by(col(VisitCorrection.id))
    )
    for row in act.session.execute(asked).scalars():
        at_words = day_words(act.now, beijing_date(row.at))
        found[row.visit_id].append(CorrectionView(at_words, row.words, _was_words(act, row.before)))
    return found


def _was_words(act: Act, before: dict[str, Any]) -> str:
    """Say what stood there before a correction: outcome, day, next day, another household."""
    told = []
    if "outcome" in before:
        told.append(VISIT_OUTCOME[VisitOutcome(before["outcome"])])
    if "visited_on" in before:
        told.append(day_words(act.now, date.fromisoformat(before["visited_on"])))
    if before.get("next_on"):
        told.append(f"下次{day_words(act.now, date.fromisoformat(before['next_on']))}")
    if "household_id" in before:
        told.append("记在另一户")
    return "，".join(told)

"""Makes a case of a note: its words, its place and its photos go along (转为事件)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed, Reach
from gridapp.services.cases.access import case_no_of
from gridapp.services.cases.move import reply_of
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import Act, Actor
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.permit import covers
from gridapp.tables import BuildingCode, Case, Grid, Note, NotePhoto, Photo


class PromoteFacts(Facts):
    """What the note does not say itself; ``at`` is needed when it was written at no building."""

    at: Annotated[str, Field(max_length=64)] = ""
    category: Annotated[str, Field(max_length=32)] | None = None
    text: Words = ""


def promote_note(act: Act, order: Order, facts: PromoteFacts) -> dict[str, Any]:
    """Report what a note says, once.

    Raises:
        NotThereError: No such note, or out of reach.
        NotAllowedError: In sight, but somebody else's.
        ConflictError: It is a case already; ``current`` names it.
        FactsError: Nobody has said at which building.
    """
    note = _open_note(act, order.subject)
    if note.case_id is not None:
        raise _already(act, note)
    report = ReportFacts(
        at=facts.at or _code_of(act, note),
        text=facts.text or note.text,
        category=facts.category,
        photos=_photos_of(act, note),
        lng_wgs84=note.lng_wgs84,
        lat_wgs84=note.lat_wgs84,
        accuracy_m=note.accuracy_m,
        made_at=note.made_at,
    )
    parsed = parse_case_no(report_case(act, order.uid, report).no)
    assert parsed is not None
    _tie(act, note, parsed.case_id)
    return reply_of(act.session.get_one(Case, parsed.case_id), order.uid)


def _open_note(act: Act, subject: str) -> Note:
    try:
        uid = UUID(subject)
    except ValueError as error:
        raise NotThereError from error
    found = act.session.execute(
        select(Note, col(Grid.path))
        .join(Grid, col(Grid.id) == col(Note.grid_id))
        .where(col(Note.uid) == uid)
    ).first()
    if found is None or not covers(act.actor, Deed.SEE_NOTE, found[1]):
        raise NotThereError
    note: Note = found[0]
    if not _may_promote(act.actor, note, found[1]):
        raise NotAllowedError
    return note


def _may_promote(actor: Actor, note: Note, grid_path: str) -> bool:
    for post in actor.posts:
        reach = reach_of(Deed.PROMOTE_NOTE, post.role)
        if reach is Reach.OWN and note.person_id == actor.person_id:
            return True
        if reach is Reach.GRIDS and grid_path.startswith(post.grid_path):
            return True
    return False


def _code_of(act: Act, note: Note) -> str:
    hanging = select(col(BuildingCode.code)).where(
        col(BuildingCode.building_id) == note.building_id, col(BuildingCode.retired_at).is_(None)
    )
    hanging = hanging.order_by(col(BuildingCode.code))
    code: str | None = act.session.execute(hanging).scalars().first()
    if code is None:
        raise FactsError("请选择楼栋。", fields={"at": "请选择楼栋"})
    return code


def _photos_of(act: Act, note: Note) -> tuple[str, ...]:
    found = act.session.execute(
        select(col(Photo.sha256))
        .join(NotePhoto, col(NotePhoto.photo_id) == col(Photo.id))
        .where(col(NotePhoto.note_id) == note.id)
    )
    return tuple(found.scalars())


def _tie(act: Act, note: Note, case_id: int) -> None:
    """Write the case into the note, unless somebody else has just done the same."""
    done = act.session.execute(
        update(Note)
        .where(col(Note.id) == note.id, col(Note.case_id).is_(None))
        .values(case_id=case_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        act.session.refresh(note)
        raise _already(act, note)


def _already(act: Act, note: Note) -> ConflictError:
    case = act.session.get_one(Case, note.case_id)
    return ConflictError("这条随手记已经转为事件。", current={"no": case_no_of(case)})

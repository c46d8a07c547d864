"""Makes a case of a note: its words, its place and its photos go along (转为事件)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.become import become_case, hanging_code
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.report import ReportFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.permit import covers, may_on_record
from gridapp.services.verbs import verb
from gridapp.tables import Grid, Note, NotePhoto, Photo


class PromoteFacts(Facts):
    """What the note does not say itself, or what is to be said instead of its words.

    ``at`` is needed when it was written at no building; ``photos`` are the note's own when they
    are left out.
    """

    at: Annotated[str, Field(max_length=64)] = ""
    category: Annotated[str, Field(max_length=32)] | None = None
    text: Words = ""
    photos: Photos | None = None


@verb(Deed.PROMOTE_NOTE, PromoteFacts)
def promote_note(act: Act, order: Order, facts: PromoteFacts) -> dict[str, Any]:
    """Report what a note says, once.

    Raises:
        NotThereError: No such note, or out of reach.
        NotAllowedError: In sight, but somebody else's.
        ConflictError: It is a case already; ``current`` names it.
        FactsError: Nobody has said at which building.
    """
    note = open_note(act, order.subject)
    report = ReportFacts(
        at=facts.at or hanging_code(act, note.building_id),
        text=facts.text or note.text,
        category=facts.category,
        photos=_photos_of(act, note) if facts.photos is None else facts.photos,
        lng_wgs84=note.lng_wgs84,
        lat_wgs84=note.lat_wgs84,
        accuracy_m=note.accuracy_m,
        made_at=note.made_at,
    )
    return become_case(act, order, note, report)


def open_note(act: Act, subject: str) -> Note:
    """Open a note that the actor may make a case of.

    Raises:
        NotThereError: No such note, or out of reach.
        NotAllowedError: In sight, but somebody else's.
    """
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
    if not may_on_record(act.actor, Deed.PROMOTE_NOTE, note.person_id, found[1]):
        raise NotAllowedError
    return note


def _photos_of(act: Act, note: Note) -> tuple[str, ...]:
    found = act.session.execute(
        select(col(Photo.sha256))
        .join(NotePhoto, col(NotePhoto.photo_id) == col(Photo.id))
        .where(col(NotePhoto.note_id) == note.id)
    )
    return tuple(found.scalars())

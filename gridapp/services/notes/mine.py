"""A worker's own notes: what was jotted down, where, and the case that it became."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.timebounds import credible_moment
from gridapp.domain.vocabulary import Deed
from gridapp.services.bad_rows import readable
from gridapp.services.case_access import case_no_of
from gridapp.services.desk import Act
from gridapp.services.notes.promote import open_note
from gridapp.services.page_keys import key_id
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Building, BuildingCode, Case, Grid, Note, NotePhoto, Photo

PAGE_MAX_COUNT: Final = 20


@dataclass(frozen=True)
class NoteView:
    """One note.

    Args:
        id: The note's id, the subject of ``note.promote``.
        at: The code that hangs on its building, or empty.
        photos: By the hash they were sent under.
        case_no: The case that it became, or empty.
    """

    id: str
    text: str
    place: str
    at: str
    at_words: str
    made_at: datetime
    photos: tuple[str, ...]
    case_no: str


@dataclass(frozen=True)
class NotePage:
    """A page of notes; ``next`` is the key for the following one, or empty."""

    items: tuple[NoteView, ...]
    next: str


def list_notes(act: Act, after: str = "", limit: int = PAGE_MAX_COUNT) -> NotePage:
    """List the actor's own notes in reach, the newest first.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor writes notes.
        FactsError: The key is none.
    """
    demand(act, Deed.WRITE_NOTE)
    own = _notes().where(
        col(Note.person_id) == act.actor.person_id,
        grids_within(act.actor, Deed.SEE_NOTE),
        _before(after),
    )
    rows = act.session.execute(own.order_by(col(Note.id).desc()).limit(limit + 1)).all()
    following = str(rows[limit - 1][0].id) if len(rows) > limit else ""
    return NotePage(_views(act, rows[:limit]), following)


def see_note(act: Act, note: str) -> NoteView:
    """Show a note that the actor may make a case of.

    Raises:
        NotThereError: No such note, or out of reach.
        NotAllowedError: In sight, but somebody else's.
    """
    row = open_note(act, note)
    found = act.session.execute(_notes().where(col(Note.id) == row.id)).all()
    return _views(act, found)[0]


def _before(key: str) -> ColumnElement[bool]:
    if not key:
        return true()
    return col(Note.id) < key_id(key)


def _notes() -> Select[Any]:
    code = (
        select(func.max(col(BuildingCode.code)))
        .where(
            col(BuildingCode.building_id) == col(Note.building_id),
            col(BuildingCode.retired_at).is_(None),
        )
        .scalar_subquery()
    )
    asked: Any = (
        select(Note, col(Building.name), code, col(Grid.name), Case)
        .join(Grid, col(Grid.id) == col(Note.grid_id))
        .outerjoin(Building, col(Building.id) == col(Note.building_id))
        .outerjoin(Case, col(Case.id) == col(Note.case_id))
    )
    return asked  # type: ignore[no-any-return]  # an outer join has no type for what is missing


def _views(act: Act, rows: Any) -> tuple[NoteView, ...]:
    photos: dict[int, list[str]] = defaultdict(list)
    hung = (
        select(col(NotePhoto.note_id), col(Photo.sha256))
        .join(Photo, col(Photo.id) == col(NotePhoto.photo_id))
        .where(col(NotePhoto.note_id).in_([row[0].id for row in rows]))
        .order_by(col(Photo.id))
    )
    for note_id, sha256 in act.session.execute(hung):
        photos[note_id].append(sha256)

    def view(one: Any) -> NoteView:
        note, building, code, grid, case = one
        made_at = credible_moment(note.made_at, note.received_at)
        return NoteView(
            id=str(note.uid),
            text=note.text,
            place=building or grid,
            at=code or "",
            at_words=moment_words(act.now, made_at),
            made_at=made_at,
            photos=tuple(photos[note.id]),
            case_no=case_no_of(case) if case else "",
        )

    return tuple(readable("notes", rows, view))

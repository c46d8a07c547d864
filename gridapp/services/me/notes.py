"""Which notes go along offline: the newest own ones that are no case yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.notes.mine import list_notes

_MOST: Final = 20


@dataclass(frozen=True)
class NoteAlongView:
    """A note that can become a case on the phone.

    Args:
        id: The note's id, the subject of ``note.promote``.
        at: The code that hangs on its building, or empty.
        photos: By the hash they were sent under; the server has them.
    """

    id: str
    text: str
    place: str
    at: str
    photos: tuple[str, ...]
    made_at: datetime


def notes_along(act: Act) -> tuple[NoteAlongView, ...]:
    """List the actor's newest notes that are no case yet."""
    if not may_at_all(Deed.WRITE_NOTE, act.actor.roles):
        return ()
    return tuple(
        NoteAlongView(note.id, note.text, note.place, note.at, note.photos, note.made_at)
        for note in list_notes(act, limit=_MOST).items
        if not note.case_no
    )

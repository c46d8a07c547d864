"""Show a photo to those whom its case, note or visit concerns."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.case_access import cases_in_reach
from gridapp.services.desk import Act, Actor
from gridapp.services.permit import grids_within
from gridapp.tables import (
    Building,
    Case,
    CasePhoto,
    CaseStep,
    ContactHousehold,
    Grid,
    Note,
    NotePhoto,
    Photo,
    Visit,
    VisitPhoto,
)


@dataclass(frozen=True)
class SeenPhoto:
    """A JPEG of our own making.

    Args:
        jpeg: The bytes.
        name: The hash of the bytes: never the same for another picture, so good for an ETag.
    """

    jpeg: bytes
    name: str


def see_photo(act: Act, sha256: str, *, thumbnail: bool = False) -> SeenPhoto:
    """Show a photo by the hash it was sent under, whole or small.

    Raises:
        NotThereError: No such photo, or it hangs on nothing that the actor may see.
    """
    names = select(col(Photo.stored_name), col(Photo.thumb_name))
    mine = names.where(col(Photo.sha256) == sha256, _photos_within(act.actor))
    found = act.session.execute(mine).first()
    if found is None:
        raise NotThereError
    name = found[1] if thumbnail else found[0]
    return SeenPhoto(act.files.open(name), name)


def _photos_within(actor: Actor) -> ColumnElement[bool]:
    """Tell in SQL which photos this actor sees: of cases, notes and visits, and their own."""
    hung = (
        select(col(CasePhoto.id))
        .join(Case, col(Case.id) == col(CasePhoto.case_id))
        .join(CaseStep, col(CaseStep.id) == col(CasePhoto.step_id))
        .where(col(CasePhoto.photo_id) == col(Photo.id), cases_in_reach(actor, Deed.SEE_CASE))
    )
    if actor.person_id is None:  # the reporter sees what belongs to the public steps
        return hung.where(or_(col(CaseStep.is_public), col(CasePhoto.is_public))).exists()
    noted = (
        select(col(NotePhoto.note_id))
        .join(Note, col(Note.id) == col(NotePhoto.note_id))
        .where(col(NotePhoto.photo_id) == col(Photo.id), _notes_within(actor))
    )
    visited = (
        select(col(VisitPhoto.visit_id))
        .join(Visit, col(Visit.id) == col(VisitPhoto.visit_id))
        .where(col(VisitPhoto.photo_id) == col(Photo.id), _visits_within(actor))
    )
    own = col(Photo.person_id) == actor.person_id
    return or_(hung.exists(), noted.exists(), visited.exists(), own)


def _notes_within(actor: Actor) -> ColumnElement[bool]:
    grids = select(col(Grid.id)).where(grids_within(actor, Deed.SEE_NOTE))
    return col(Note.grid_id).in_(grids)


def _visits_within(actor: Actor) -> ColumnElement[bool]:
    grids = select(col(Grid.id)).where(grids_within(actor, Deed.SEE_VISIT))
    homes = (
        select(col(ContactHousehold.id))
        .join(Building, col(Building.id) == col(ContactHousehold.building_id))
        .where(col(Building.grid_id).in_(grids))
    )
    return col(Visit.household_id).in_(homes)

"""Writes a note: one sentence at a place, or just in one's own grid (随手记)."""

from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.within import spot_within
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.report import PlacedFacts
from gridapp.services.desk import Act
from gridapp.services.orders import NeededWords, Order
from gridapp.services.photos.hang import find_photos
from gridapp.services.verbs import verb
from gridapp.tables import Note, NotePhoto


class NoteFacts(PlacedFacts):
    """What was seen; ``at`` is a building code, ``grid`` a grid's code, both may be left out."""

    text: NeededWords
    at: Annotated[str, Field(max_length=64)] = ""
    grid: Annotated[str, Field(max_length=32)] = ""
    photos: Photos = ()


@verb(Deed.WRITE_NOTE, NoteFacts)
def write_note(act: Act, order: Order, facts: NoteFacts) -> dict[str, Any]:
    """Write a note in the own grids.

    Raises:
        UnknownPlaceError: The building code is unknown.
        NotThereError: The place lies out of reach.
        PhotosMissingError: A photo named has not arrived.
    """
    spot = spot_within(act, facts.at, facts.grid, Deed.WRITE_NOTE, facts.position())
    photo_ids = find_photos(act, facts.photos)
    assert act.actor.person_id is not None, "only staff holds the permission"
    note = Note(
        uid=order.uid,
        person_id=act.actor.person_id,
        grid_id=spot.grid_id,
        building_id=spot.building.id if spot.building else None,
        text=facts.text,
        lng_wgs84=facts.lng_wgs84,
        lat_wgs84=facts.lat_wgs84,
        accuracy_m=facts.accuracy_m,
        made_at=order.done_at,
        received_at=act.now,
    )
    act.session.add(note)
    act.session.flush()
    assert note.id is not None
    for photo_id in photo_ids.values():
        act.session.add(NotePhoto(note_id=note.id, photo_id=photo_id))
    place = spot.building.name if spot.building else spot.grid.name
    return {"receipt": str(order.uid), "note": str(order.uid), "place": place}

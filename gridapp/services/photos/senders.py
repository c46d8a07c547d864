"""Who brought a photo: only they may name it, and each bringing is good for one use.

A photo's hash is no key to it: it stands in addresses, proxy logs and browser histories. Whoever
sends the bytes has the picture anyway, so the sender is written down beside the content, once for
each: the same picture brought by two people is one photo with two senders. Whatever names a photo
(a report, words, a deed, a note, a visit) asks here; what may not be named looks like what has not
arrived, so that nobody learns which hashes exist and an honest phone simply sends it again.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.services.desk import Act, Actor
from gridapp.tables import Photo, PhotoSender


def sender_keys(actor: Actor, place_code: str = "") -> tuple[str, ...]:
    """Name whom a photo is kept for: the person, the device, the holder of a case's token.

    Args:
        actor: Who brings or names it.
        place_code: Counts only for who has neither: a program that sends no device id is known by
            nothing but the place that it reports from.
    """
    keys = [
        f"person:{actor.person_id}" if actor.person_id is not None else "",
        f"device:{actor.device}" if actor.device else "",
        f"track:{actor.track}" if actor.track else "",
    ]
    known = tuple(key for key in keys if key)
    nobody = "system" if actor.posts else f"place:{normalise(place_code)}"
    return known or (nobody,)


def note_senders(act: Act, photo_ids: Iterable[int], keys: Sequence[str]) -> None:
    """Write down that these have brought photos; what stands already is left as it is."""
    rows = [{"photo_id": one, "sender": key} for one in photo_ids for key in keys]
    if not rows:
        return
    is_postgres = act.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(PhotoSender)
    once = insert.on_conflict_do_nothing(index_elements=["photo_id", "sender"])
    act.session.connection().execute(once, rows)


def note_bringing(act: Act, sha256: str, place_code: str = "") -> None:
    """Write down that the actor has just sent the bytes of a photo that is kept."""
    found = act.session.execute(select(col(Photo.id)).where(col(Photo.sha256) == sha256)).scalar()
    if found is not None:
        note_senders(act, [found], sender_keys(act.actor, place_code))


def use_up(act: Act, photo_ids: Iterable[int], keys: Sequence[str]) -> None:
    """Forget who brought photos that hang now: they are named no second time elsewhere."""
    ids = list(photo_ids)
    if ids:
        done = delete(PhotoSender).where(
            col(PhotoSender.photo_id).in_(ids), col(PhotoSender.sender).in_(keys)
        )
        act.session.execute(done.execution_options(synchronize_session=False))

"""Photos that were received: known by the hash of the bytes sent, stored re-encoded."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from gridapp.tables.base import UtcMoment


class Photo(SQLModel, table=True):
    """A photo; position and time are taken from its EXIF and never served with it."""

    __tablename__ = "photo"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(max_length=64, unique=True)
    stored_name: str = Field(max_length=80)
    thumb_name: str = Field(max_length=80)
    width: int
    height: int
    byte_count: int
    taken_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")
    place_code: str = Field(default="", max_length=16)
    device: str = Field(default="", max_length=64)
    received_at: datetime = Field(sa_type=UtcMoment, index=True)


class PhotoSender(SQLModel, table=True):
    """That somebody sent these very bytes and has not used them yet; goes when the photo hangs.

    ``sender`` is ``person:7``, ``device:…``, ``track:…`` or ``place:…``: see
    ``services.photos.senders``.
    """

    __tablename__ = "photo_sender"

    photo_id: int = Field(foreign_key="photo.id", primary_key=True, ondelete="CASCADE")
    sender: str = Field(primary_key=True, max_length=96)

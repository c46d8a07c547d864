"""What the tests of backup and restore do over and over."""

from hashlib import sha256

from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.photos.keep import keep_photo
from gridapp.services.store.restore import Place
from tests.cast import Cast
from tests.makers import report
from tests.services.photos.drawn_photos import a_picture, saved


def quiet(_what: str, _done: int, _total: int) -> None:
    """Be told about progress and say nothing."""


def report_with_photo(desk: Desk, cast: Cast, number: int) -> None:
    """Send a photo that no other report has, and report a case with it."""
    body = saved(a_picture(size=(64 + number % 200, 48)))
    name = sha256(body).hexdigest()
    with desk.acting(RESIDENT) as act:
        keep_photo(act, name, body, cast.code1)
    report(desk, cast, photos=(name,), text=f"第{number}盏路灯不亮")


def act_at(place: Place, desk: Desk) -> Desk:
    """Open a desk at a place, with another desk's clock."""
    return Desk(place.engine, place.files, desk.settings, desk.clock)

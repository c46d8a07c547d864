"""Builds the demo's town: areas, people, calendar, categories and photos, but no case yet."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from sqlalchemy import select

from gridapp.demo.album import fill_album
from gridapp.demo.areas import lay_areas
from gridapp.demo.people import find_staff
from gridapp.demo.phrases.all import PHRASES
from gridapp.demo.sizes import Extent
from gridapp.demo.stage import Stage
from gridapp.demo.writing import write_rows
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.calendar.town import read_calendar
from gridapp.services.desk import Act
from gridapp.services.founding import found_town
from gridapp.services.people.passwords import keep
from gridapp.tables import Building, BuildingCode, Category, Grid, Person, Post, Unit

# Told what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


def build_town(act: Act, extent: Extent, seed: int, password: str, say: Progress) -> Stage:
    """Lay areas, people, categories and photos: everything that the cases need."""
    begun_at = act.now - timedelta(days=extent.days + 30)
    areas = lay_areas(extent, Random(f"{seed}:areas"), begun_at)
    staff = find_staff(
        areas, Random(f"{seed}:people"), begun_at, beijing_date(begun_at), keep(password)
    )
    for table, rows in (
        (Grid, areas.grids),
        (Building, areas.buildings),
        (BuildingCode, areas.codes),
        (Person, staff.people),
        (Unit, staff.units),
        (Post, staff.posts),
    ):
        write_rows(act, table, rows)
    found_town(act)
    categories = {row.code: row for row in act.session.execute(select(Category)).scalars()}
    for code, phrases in PHRASES.items():
        categories[code].unit_id = staff.unit_ids[phrases.unit]
    act.session.flush()
    for row in categories.values():
        act.session.expunge(row)  # read from now on, never changed
    count = extent.photo_count
    album = fill_album(act, count, seed, lambda done: say("画照片", done, count))
    by_id = {row.id: code for code, row in categories.items() if row.id is not None}
    calendar = read_calendar(act.session)
    return Stage(calendar, categories, staff, areas.places, album, act.now, by_id)

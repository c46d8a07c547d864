"""Drawn faces for those of the demo whom residents meet."""

from typing import Final

from sqlmodel import col, select

from gridapp.demo.drawings.portraits import portrait
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.photos.clean import small_face
from gridapp.tables import Person, Portrait, PortraitConsent

_HOW: Final = "演示人物，画像由程序绘制"
# login -> which drawing
_FACES: Final = {"li": 1, "qian": 10, "chen": 6}


def hang_faces(act: Act) -> None:
    """Give the workers and the head who sign in to the demo a face."""
    known = select(Person.id, Person.login).where(col(Person.login).in_(_FACES))
    for person_id, login in act.session.exec(known).all():
        assert person_id is not None
        webp = small_face(portrait(_FACES[login]))
        act.session.add(Portrait(person_id=person_id, webp=webp, at=act.now))
        agreed_on = beijing_date(act.now)
        act.session.add(
            PortraitConsent(person_id=person_id, agreed_on=agreed_on, how=_HOW, recorded_at=act.now)
        )

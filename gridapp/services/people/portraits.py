"""Keeps the faces on a building's page: small pictures that travel inside the page (照片公示).

Nobody is shown who has not agreed: consent is written down with the picture, and withdrawing it
takes the picture away with it.
"""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, update
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.people.persons import open_person
from gridapp.services.permit import demand
from gridapp.services.photos.clean import small_face
from gridapp.tables import Portrait, PortraitConsent

_BY_OPERATOR: Final = "管理员在服务器上登记"


@dataclass(frozen=True)
class Consent:
    """That a person agreed: on which day, and how (signed, said before the recorder)."""

    agreed_on: date
    how: str


def show_face(act: Act, person_id: int, body: bytes, consent: Consent | None = None) -> None:
    """Put a person's photo on the public pages, cut to its square middle; a later one replaces it.

    Args:
        act: The administrator's.
        person_id: Who is shown.
        body: The photo, as a camera or a scanner gave it.
        consent: When and how the person agreed; for the operator at the shell, today.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
        NotAPhotoError: It is no photo.
        PhotoTooLargeError: It is too large.
    """
    demand(act, Deed.SHOW_FACE)
    open_person(act, person_id)
    webp = small_face(body)
    _remove(act, person_id)
    agreed = consent or Consent(beijing_date(act.now), _BY_OPERATOR)
    act.session.add(Portrait(person_id=person_id, webp=webp, at=act.now))
    act.session.add(
        PortraitConsent(
            person_id=person_id, agreed_on=agreed.agreed_on, how=agreed.how,
            recorded_by_id=act.actor.person_id, recorded_at=act.now,
        )
    )  # fmt: skip
    write_audit(act, Deed.SHOW_FACE, f"person:{person_id}", agreed.how)


def hide_face(act: Act, person_id: int) -> None:
    """Take a person's photo off the public pages, and write down that consent is withdrawn.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
    """
    demand(act, Deed.HIDE_FACE)
    open_person(act, person_id)
    _remove(act, person_id)
    write_audit(act, Deed.HIDE_FACE, f"person:{person_id}", "")


def data_address(webp: bytes | None) -> str:
    """Give a picture as an address that holds it: a page with faces asks for nothing more."""
    return f"data:image/webp;base64,{base64.b64encode(webp).decode()}" if webp else ""


def _remove(act: Act, person_id: int) -> None:
    act.session.execute(
        update(PortraitConsent)
        .where(
            col(PortraitConsent.person_id) == person_id,
            col(PortraitConsent.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=act.now, withdrawn_by_id=act.actor.person_id)
    )
    act.session.execute(delete(Portrait).where(col(Portrait.person_id) == person_id))

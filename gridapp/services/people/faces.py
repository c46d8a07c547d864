"""The deeds of showing a person's face on the public board and of taking it off (公示照片)."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import select

from gridapp.domain.errors import FactsError, PhotosMissingError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Sha256
from gridapp.services.people.portraits import Consent, hide_face, show_face
from gridapp.services.permit import demand
from gridapp.services.subjects import id_of
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Photo


class ShowFaceFacts(Facts):
    """The photo, which has arrived before, and how the person agreed to be shown."""

    photo: Sha256
    agreed_on: Day
    how: Annotated[str, Field(min_length=2, max_length=200)]


class HideFaceFacts(Facts):
    """Nothing more is asked: consent may be withdrawn at any time, without a reason."""


@verb(Deed.SHOW_FACE, ShowFaceFacts)
def show(act: Act, order: Order, facts: ShowFaceFacts) -> dict[str, Any]:
    """Show a person's face, with consent.

    The photo itself hangs on nothing and goes within a day; only the small square stays.

    Raises:
        NotThereError: No such person.
        FactsError: The day of consent is ahead.
        PhotosMissingError: The photo has not arrived, or has gone again.
    """
    demand(act, Deed.SHOW_FACE)
    if facts.agreed_on > beijing_date(act.now):
        raise FactsError(fields={"agreed_on": "同意的日期不能晚于今天。"})
    kept = act.session.exec(
        # One's own upload only: else a hash would show what hangs on a resident's case.
        select(Photo.stored_name).where(
            Photo.sha256 == facts.photo, Photo.person_id == act.actor.person_id
        )
    ).one_or_none()
    if kept is None:
        raise PhotosMissingError(missing=[facts.photo])
    body = act.files.open(kept)
    show_face(act, id_of(order.subject), body, Consent(facts.agreed_on, facts.how.strip()))
    return {"receipt": str(order.uid), "person": id_of(order.subject)}


@verb(Deed.HIDE_FACE, HideFaceFacts)
def hide(act: Act, order: Order, _facts: HideFaceFacts) -> dict[str, Any]:
    """Take a person's face off the public board; consent is withdrawn with it.

    Raises:
        NotThereError: No such person.
    """
    demand(act, Deed.HIDE_FACE)
    hide_face(act, id_of(order.subject))
    return {"receipt": str(order.uid), "person": id_of(order.subject)}

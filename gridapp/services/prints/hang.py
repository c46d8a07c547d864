"""Tells that a print was seen on its wall (登记已张贴): whoever likes to, nobody has to."""

from typing import Annotated, Any, Literal

from pydantic import Field

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act, the_desk
from gridapp.services.orders import Facts, Order
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.hanging import last_prints, subject_of
from gridapp.services.prints.refusals import NeverPrintedError
from gridapp.services.prints.views import Sheet
from gridapp.services.verbs import verb
from gridapp.tables import HangRecord


class HangFacts(Facts):
    """Which sheet hangs, and where: at a building, or for a whole grid."""

    sheet: Literal[Sheet.POSTER, Sheet.STAIRWELL, Sheet.BOARD]
    at: Annotated[str, Field(max_length=64)] = ""
    grid: Annotated[str, Field(max_length=32)] = ""


@verb(Deed.HANG, HangFacts)
def hang_print(act: Act, order: Order, facts: HangFacts) -> dict[str, Any]:
    """Write down that the last print of a place hangs there.

    Raises:
        NotThereError: The grid or building is unknown or out of reach.
        NeverPrintedError: Nothing was printed for it yet, or it names no single place.
    """
    pages = choose_pages(act, the_desk().settings, Wish(facts.sheet, facts.grid, facts.at)).pages
    if len(pages) != 1:
        raise NeverPrintedError
    subject = subject_of(facts.sheet, pages[0])
    printed = last_prints(act, facts.sheet, [subject]).get(subject)
    if printed is None:
        raise NeverPrintedError
    act.session.add(
        HangRecord(
            sheet=facts.sheet.value,
            subject=subject,
            mark=printed.mark,
            hung_at=act.now,
            actor_id=act.actor.person_id,
        )
    )
    return {"receipt": str(order.uid), "subject": subject}

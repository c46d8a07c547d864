"""Makes a contact household of one on record: nothing is entered twice."""

from uuid import UUID

from gridapp.domain.registering import door_words
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.become import hanging_code
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.register.access import open_record


def add_contact(act: Act, record: str, kind: str, uid: UUID) -> Done:
    """Add a contact household from its record: name, phone and door are those of the register.

    Raises:
        NotThereError: No such record, or out of reach.
        ConflictError: The household is a contact already.
        FactsError: The kind is none, or no code hangs on the building.
    """
    row, building, _ = open_record(act, record, Deed.ADD_HOUSEHOLD)
    facts = {
        "at": hanging_code(act, building.id),
        "name": row.name,
        "phone": row.phone,
        "door": door_words(row.unit, row.door),
        "kind": kind,
    }
    return do_deed(act, Order(Deed.ADD_HOUSEHOLD, facts=facts, uid=uid))

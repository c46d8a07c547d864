"""Reveals who lives behind a door, or answers for a shop, for a reason that stays on record."""

from dataclasses import dataclass

from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.privacy import spaced_phone
from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.cases.reveal import REASON_MIN_CHARACTERS
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text
from gridapp.services.register.access import open_premises, open_record


@dataclass(frozen=True)
class RevealedRecordView:
    """Somebody of the register unmasked; either may be empty, because neither is asked for."""

    name: str
    phone: str


def reveal_record(act: Act, record: str, reason: str) -> RevealedRecordView:
    """Reveal name and phone of a record, a household's or another's.

    Not kept among the deeds done: their receipts would hold the name beyond its moment.

    Raises:
        NotThereError: No such record, or out of reach.
        NotAllowedError: This role sees people masked, whatever the reason.
        FactsError: No reason worth the name.
    """
    try:
        home = open_record(act, record, Deed.REVEAL_RECORD)[0]
        name, phone = home.name, home.phone
    except NotThereError:
        shop = open_premises(act, record, Deed.REVEAL_RECORD)[0]
        name, phone = shop.contact, shop.phone
    given = clean_text(reason).strip()
    if shown_count(given) < REASON_MIN_CHARACTERS:
        raise FactsError("请写明查看原因（至少 4 个字）。", fields={"words": "请写明查看原因"})
    write_audit(act, Deed.REVEAL_RECORD, f"record:{record}", reason=given)
    return RevealedRecordView(name, spaced_phone(phone))

"""Reveals a reporter to staff who give a reason; who looked, when and why stays on record."""

from dataclasses import dataclass

from gridapp.domain.errors import FactsError
from gridapp.domain.privacy import spaced_phone
from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.case_access import open_case
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text

REASON_MIN_CHARACTERS = 4
_REASON_MAX_CHARACTERS = 200


@dataclass(frozen=True)
class RevealedView:
    """A reporter unmasked; either may be empty, because neither is asked for."""

    name: str
    phone: str


def reveal_reporter(act: Act, no: str, reason: str) -> RevealedView:
    """Reveal a case's reporter for a reason of at least four characters.

    Not kept among the deeds done: their receipts would hold the phone beyond its time.

    Raises:
        NotThereError: No such case, or out of reach.
        NotAllowedError: In sight, but this role sees reporters masked.
        FactsError: No reason worth the name.
    """
    row = open_case(act, no, Deed.REVEAL).row
    given = clean_text(reason).strip()
    if shown_count(given) < REASON_MIN_CHARACTERS:
        raise FactsError("请写明查看原因（至少 4 个字）。", fields={"words": "请写明查看原因"})
    write_audit(act, Deed.REVEAL, no, reason=given[:_REASON_MAX_CHARACTERS])
    return RevealedView(row.reporter_name, spaced_phone(row.reporter_phone))

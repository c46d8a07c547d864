"""Reveals who lives in a contact household, for a reason that stays on record."""

from dataclasses import dataclass

from gridapp.domain.errors import FactsError
from gridapp.domain.privacy import spaced_phone
from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.cases.reveal import REASON_MIN_CHARACTERS
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text
from gridapp.services.visits.access import open_household


@dataclass(frozen=True)
class RevealedHouseholdView:
    """A household unmasked; phone and door may be empty, because neither is asked for."""

    name: str
    phone: str
    door: str


def reveal_household(act: Act, household: str, reason: str) -> RevealedHouseholdView:
    """Reveal name, phone and door for a reason of at least four characters.

    Not kept among the deeds done: their receipts would hold the name beyond its moment.

    Raises:
        NotThereError: No such household, or out of reach.
        FactsError: No reason worth the name.
    """
    row, _ = open_household(act, household, Deed.REVEAL_HOUSEHOLD)
    given = clean_text(reason).strip()
    if shown_count(given) < REASON_MIN_CHARACTERS:
        raise FactsError("请写明查看原因（至少 4 个字）。", fields={"words": "请写明查看原因"})
    write_audit(act, Deed.REVEAL_HOUSEHOLD, f"household:{row.uid}", reason=given)
    return RevealedHouseholdView(row.name, spaced_phone(row.phone), row.door)

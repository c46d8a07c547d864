"""Tells whether an export of the register shows people in full: for a reason, on record."""

from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.cases.reveal import REASON_MIN_CHARACTERS
from gridapp.services.desk import Act
from gridapp.services.exchange.kind import Wishes
from gridapp.services.permit import demand


def may_show_people(act: Act, wishes: Wishes, subject: str) -> bool:
    """Tell whether people are shown in full: only for a reason, and that is put on record.

    Raises:
        NotAllowedError: A reason was given, and this role reveals nobody.
    """
    reason = wishes.reveal_reason.strip()
    if shown_count(reason) < REASON_MIN_CHARACTERS:
        return False
    demand(act, Deed.REVEAL_RECORD)
    write_audit(act, Deed.REVEAL_RECORD, subject, reason)
    return True

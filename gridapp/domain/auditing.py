"""Which deeds leave a row in the audit: what is offered there to look for is what is found.

What the field does many times a day is written down where it belongs, with person and moment:
check-ins in the patrol calendar, checks on the shop's page, findings in their verification, visits
and notes in their own lists, the steps of a case in its story. A second row for each would bury
the acts of power that an auditor looks for.
"""

from typing import Final

from gridapp.domain.vocabulary import Deed

_FIELD_WORK: Final = frozenset(
    {Deed.CHECK_IN, Deed.FIND, Deed.PROMOTE_CHECK_IN, Deed.CHECK_PREMISES, Deed.VERIFY_RECORD}
)  # fmt: skip
_FIELD_WORDS: Final = frozenset({"case", "visit", "note"})
# A permission that several deeds share; nobody does it under this name.
_NO_DEED: Final = frozenset({Deed.CHANGE_AREA})


def _is_audited(deed: Deed) -> bool:
    first, _, what = deed.value.partition(".")
    return (
        first not in _FIELD_WORDS
        and not what.startswith("see")
        and deed not in _FIELD_WORK | _NO_DEED
    )


AUDITED: Final = (Deed.REVEAL, *(deed for deed in Deed if _is_audited(deed)))

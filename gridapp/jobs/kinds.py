"""Who does long work: one function for each kind."""

from collections.abc import Callable, Mapping
from typing import Final

from gridapp.domain.vocabulary import WorkKind
from gridapp.jobs.codes import issue_asked
from gridapp.jobs.exports import export_asked
from gridapp.jobs.hand import Hand, Made
from gridapp.jobs.imports import check_brought, import_brought, undo_brought
from gridapp.jobs.prints import print_ordered
from gridapp.services.desk import Desk

Doing = Callable[[Desk, Hand], Made]

# Who may ask for each stands in ``services.works.kinds``.
WORKS: Final[Mapping[WorkKind, Doing]] = {
    WorkKind.PRINT: print_ordered,
    WorkKind.CHECK_IMPORT: check_brought,
    WorkKind.IMPORT: import_brought,
    WorkKind.UNDO_IMPORT: undo_brought,
    WorkKind.EXPORT: export_asked,
    WorkKind.ISSUE_CODES: issue_asked,
}

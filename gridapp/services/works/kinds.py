"""What long work there is, and whether whoever asked for it still may have it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from gridapp.domain.vocabulary import WorkKind
from gridapp.services.desk import Act
from gridapp.services.exports.order import may_export
from gridapp.services.imports.order import may_check, may_import, may_undo
from gridapp.services.register.issuing import may_issue
from gridapp.services.works.order_print import may_print

# The function of each kind that does it stands in ``jobs.kinds``.
MAY: Final[Mapping[WorkKind, Callable[[Act, dict[str, Any]], None]]] = {
    WorkKind.PRINT: may_print,
    WorkKind.CHECK_IMPORT: may_check,
    WorkKind.IMPORT: may_import,
    WorkKind.UNDO_IMPORT: may_undo,
    WorkKind.EXPORT: may_export,
    WorkKind.ISSUE_CODES: may_issue,
}

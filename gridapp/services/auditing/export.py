"""Exports audit rows as CSV; the export is itself written down before anybody has the file."""

from pathlib import Path
from typing import Final

from gridapp.domain.errors import FactsError
from gridapp.services.audit import write_audit
from gridapp.services.auditing.search import AuditFilter, every_row
from gridapp.services.desk import Act
from gridapp.services.exchange.writing import write_table

ROWS_MAX_COUNT: Final = 50_000
_HEADINGS: Final = ("编号", "时间", "账号", "姓名", "做了什么", "对象", "理由", "其他")


def export_audit(act: Act, asked: AuditFilter, path: Path) -> int:
    """Write what is looked for into a file and tell how many rows it has.

    Raises:
        NotAllowedError: Not for this role.
        FactsError: More than 50,000 rows: fewer days must be chosen.
    """
    rows = (
        (view.id, view.at, view.login, view.who, view.deed, view.subject, view.reason, view.more)
        for view in every_row(act, asked, ROWS_MAX_COUNT + 1)
    )
    count = write_table(path, _HEADINGS, rows)
    if count > ROWS_MAX_COUNT:
        raise FactsError(f"超过{ROWS_MAX_COUNT}条，请缩短日期范围后再导出。")
    write_audit(
        act, "audit.export", rows=count, who=asked.who, what=asked.deed, words=asked.words,
        from_on=asked.from_on.isoformat() if asked.from_on else None,
        to_on=asked.to_on.isoformat() if asked.to_on else None,
    )  # fmt: skip
    return count

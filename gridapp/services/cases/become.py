"""Makes a case of something written down before: a note, a visit; once, and tied to it."""

from typing import Any, Final

from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import ConflictError, FactsError
from gridapp.services.case_access import case_no_of
from gridapp.services.cases.move import reply_of
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.photos.senders import note_senders, sender_keys
from gridapp.tables import BuildingCode, Case, CheckIn, Note, NotePhoto, Visit, VisitPhoto

_WHAT: Final[dict[type[Note | Visit | CheckIn], str]] = {
    Note: "随手记", Visit: "走访", CheckIn: "签到",
}  # fmt: skip


def become_case(
    act: Act, order: Order, row: Note | Visit | CheckIn, report: ReportFacts
) -> dict[str, Any]:
    """Report what a row says, and write the case into the row.

    Raises:
        ConflictError: It is a case already; ``current`` names it.
    """
    if row.case_id is not None:
        raise _already(act, row)
    _bring_along(act, row)
    parsed = parse_case_no(report_case(act, order.uid, report).no)
    assert parsed is not None
    _tie(act, row, parsed.case_id)
    return reply_of(act.session.get_one(Case, parsed.case_id), order.uid)


def _bring_along(act: Act, row: Note | Visit | CheckIn) -> None:
    """Let the case name what hangs on the row; whoever may make a case of it has seen them."""
    if isinstance(row, CheckIn):
        return  # it has no photos, and its id is no visit's
    hanging = (
        select(col(NotePhoto.photo_id)).where(col(NotePhoto.note_id) == row.id)
        if isinstance(row, Note)
        else select(col(VisitPhoto.photo_id)).where(col(VisitPhoto.visit_id) == row.id)
    )
    note_senders(act, act.session.execute(hanging).scalars(), sender_keys(act.actor))


def hanging_code(act: Act, building_id: int | None) -> str:
    """Give the code that hangs on a building.

    Raises:
        FactsError: None does, or there is no building: somebody has to say which.
    """
    hanging = select(col(BuildingCode.code)).where(
        col(BuildingCode.building_id) == building_id, col(BuildingCode.retired_at).is_(None)
    )
    code: str | None = (
        act.session.execute(hanging.order_by(col(BuildingCode.code))).scalars().first()
    )
    if code is None:
        raise FactsError("请选择楼栋。", fields={"at": "请选择楼栋"})
    return code


def _tie(act: Act, row: Note | Visit | CheckIn, case_id: int) -> None:
    """Write the case into the row, unless somebody else has just done the same."""
    table = type(row)
    done = act.session.execute(
        update(table)
        .where(col(table.id) == row.id, col(table.case_id).is_(None))
        .values(case_id=case_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(row)
    if done.rowcount != 1:
        raise _already(act, row)


def _already(act: Act, row: Note | Visit | CheckIn) -> ConflictError:
    case = act.session.get_one(Case, row.case_id)
    return ConflictError(f"这条{_WHAT[type(row)]}已经转为事件。", current={"no": case_no_of(case)})

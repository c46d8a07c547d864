"""Deeds on a brought file: check it, import it, undo that (all long), or put it away."""

from typing import Any
from uuid import UUID

from gridapp.domain.errors import FactsError
from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed, WorkKind
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act, the_desk
from gridapp.services.exchange.columns import demand_columns
from gridapp.services.exchange.headings import heading_mark
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exchange.layout import arranged
from gridapp.services.exchange.plans import remember
from gridapp.services.imports.access import change_import, open_import
from gridapp.services.imports.apply import demand_last
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.planning import PlanFacts
from gridapp.services.imports.refusals import FileGoneError, NotCheckedError
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import open_grid
from gridapp.services.verbs import verb
from gridapp.services.works.ask import Wanted, ask_work
from gridapp.services.works.kinds import may_ask_for
from gridapp.tables import ImportFile

_OPEN = frozenset({ImportState.BROUGHT, ImportState.CHECKED})


class NoFacts(Facts):
    """Nothing else is asked."""


@verb(Deed.CHECK_IMPORT, PlanFacts)
def check_import(act: Act, order: Order, facts: PlanFacts) -> dict[str, Any]:
    """Ask what a file would do, read as the facts say; the same headings are read so next time.

    Raises:
        NotThereError: No such file, or somebody else's.
        ConflictError: It was changed meanwhile, or is imported already.
        TableRefusedError: A needed column has no place, or the headings are not there.
        FactsError: A place or a column is unknown.
    """
    row = _open(act, order, Deed.CHECK_IMPORT)
    table = kind_of(row.kind)
    _demand_places(facts, {column.name for column in table.columns})
    plan = facts.plan()
    _, headings = next(arranged(file_of(row), plan.layout))
    demand_columns(table.columns, plan.places, headings)
    if facts.grid:
        open_grid(act, facts.grid, Deed.IMPORT)
    kind, name, uid = row.kind, row.name, row.uid
    change_import(
        act, row, _version(order), plan=facts.model_dump(mode="json"), work_uid=order.uid,
        state=ImportState.BROUGHT, checked="",
    )  # fmt: skip
    remember(act, kind, heading_mark(headings), plan.places)
    return _ask(act, order, WorkKind.CHECK_IMPORT, uid, name)


def _demand_places(facts: PlanFacts, known: set[str]) -> None:
    for place, name in facts.places.items():
        if not place.isascii() or not place.isdigit() or len(place) > 2 or name not in known:  # noqa: PLR2004 - places go to 99
            raise FactsError(fields={"places": "列的对应有误，请刷新后再试"})


@verb(Deed.IMPORT, NoFacts)
def order_import(act: Act, order: Order, _facts: NoFacts) -> dict[str, Any]:
    """Ask that what was checked is imported.

    Raises:
        NotThereError: No such file, or somebody else's.
        ConflictError: It was changed meanwhile, or is imported already.
        NotCheckedError: It has wrong rows, or was not checked.
    """
    row = _open(act, order, Deed.IMPORT)
    if row.state is not ImportState.CHECKED or row.bad_count or not row.checked:
        raise NotCheckedError
    file_of(row)
    name, uid = row.name, row.uid
    change_import(act, row, _version(order), work_uid=order.uid)
    return _ask(act, order, WorkKind.IMPORT, uid, name)


@verb(Deed.UNDO_IMPORT, NoFacts)
def order_undo(act: Act, order: Order, _facts: NoFacts) -> dict[str, Any]:
    """Ask that the last import of a kind is undone; whoever keeps such tables may.

    Raises:
        NotThereError: No such import.
        NotTheLastError: A later one of this kind was done, or it was not done at all.
    """
    row = open_import(act, order.subject, Deed.UNDO_IMPORT, own=False)
    demand_last(act, row)
    name, uid = row.name, row.uid
    change_import(act, row, _version(order), work_uid=order.uid)
    return _ask(act, order, WorkKind.UNDO_IMPORT, uid, name)


@verb(Deed.DROP_IMPORT, NoFacts)
def drop_import(act: Act, order: Order, _facts: NoFacts) -> dict[str, Any]:
    """Put a file away that is not to be imported; it is removed.

    Raises:
        NotThereError: No such file, or somebody else's.
        ConflictError: It was changed meanwhile, or is imported already.
    """
    row = _open(act, order, Deed.DROP_IMPORT)
    uid = row.uid
    change_import(act, row, _version(order), state=ImportState.DROPPED, is_forgotten=True)
    write_audit(act, Deed.DROP_IMPORT, f"import:{uid}")
    return {"receipt": str(order.uid), "import": str(uid)}


def _open(act: Act, order: Order, deed: Deed) -> ImportFile:
    """Open a file that is not imported yet."""
    row = open_import(act, order.subject, deed)
    if row.state not in _OPEN:
        raise NotCheckedError("这个文件已经导入或放弃，请重新上传。")
    return row


def _version(order: Order) -> int:
    if order.version is None:
        raise FactsError(fields={"version": "请刷新后再试"})
    return order.version


def file_of(row: ImportFile) -> Any:
    """Give where a brought file lies.

    Raises:
        FileGoneError: It is no longer kept.
    """
    path = imports_in(the_desk().settings.data_dir).table(row.uid)
    if row.is_forgotten or not path.exists():
        raise FileGoneError
    return path


def _ask(act: Act, order: Order, kind: WorkKind, uid: UUID, name: str) -> dict[str, Any]:
    wanted = Wanted(kind, name, {"import": str(uid)})
    return ask_work(act, order.uid, wanted) | {"import": str(uid)}


@may_ask_for(WorkKind.CHECK_IMPORT)
def may_check(act: Act, facts: dict[str, Any]) -> None:
    """Let pass who may still check the file.

    Raises:
        NotThereError: It is somebody else's.
        NotAllowedError: No role of the actor may any more.
    """
    open_import(act, facts["import"], Deed.CHECK_IMPORT)


@may_ask_for(WorkKind.IMPORT)
def may_import(act: Act, facts: dict[str, Any]) -> None:
    """Let pass who may still import the file.

    Raises:
        NotThereError: It is somebody else's.
        NotAllowedError: No role of the actor may any more.
    """
    open_import(act, facts["import"], Deed.IMPORT)


@may_ask_for(WorkKind.UNDO_IMPORT)
def may_undo(act: Act, facts: dict[str, Any]) -> None:
    """Let pass who may still undo the import.

    Raises:
        NotThereError: There is no such import.
        NotAllowedError: No role of the actor may any more.
    """
    open_import(act, facts["import"], Deed.UNDO_IMPORT, own=False)

"""Makes cases by real deeds, so that no test starts from an impossible row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from gridapp.domain.vocabulary import Deed, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.report import Reported, ReportFacts, report_case
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import RESIDENT, Act, Actor, Desk
from gridapp.services.orders import Order
from gridapp.tables import Grid
from tests.cast import Cast


@contextmanager
def act_as(desk: Desk, actor: Actor) -> Iterator[Act]:
    """Do a deed at a desk and commit it."""
    with desk.acting(actor) as act:
        yield act


def report(desk: Desk, cast: Cast, actor: Actor = RESIDENT, **facts: Any) -> Reported:
    """Report a case in building 1, as a resident unless told otherwise."""
    told = {"at": cast.code1, "text": "三号楼门口的路灯不亮", "category": "lamp"} | facts
    with desk.acting(actor) as act:
        return report_case(act, uuid4(), ReportFacts(**told))


def do(
    desk: Desk,
    actor: Actor,
    deed: Deed,
    no: str = "",
    *,
    version: int | None = None,
    uid: UUID | None = None,
    done_at: datetime | None = None,
    **facts: Any,
) -> Done:
    """Do one deed on a case; ``done_at`` is by the doer's own clock."""
    order = Order(deed, no, facts, version=version, done_at=done_at, uid=uid or uuid4())
    with desk.acting(actor) as act:
        return do_deed(act, order)


RESUME_AT: Final = "2026-06-20T01:00:00Z"
LATER: Final = "2026-07-20T01:00:00Z"

# What each deed needs to be told, and who of the cast may do it on a case of the unit 市政所.
TOLD: Final[dict[Deed, dict[str, Any]]] = {
    Deed.SETTLE: {"words": "已当场更换灯泡"},
    Deed.ACCEPT: {},
    Deed.DECLINE: {"words": "不属于本街道"},
    Deed.DISPATCH: {"unit": "szs"},
    Deed.TAKE: {},
    Deed.RETURN: {"words": "不归我们管"},
    Deed.HANDLE: {"outcome": "solved", "words": "已修好路灯"},
    Deed.VERIFY: {},
    Deed.REDO: {"words": "还是不亮"},
    Deed.CLOSE: {},
    Deed.REOPEN: {"words": "又不亮了"},
    Deed.PAUSE: {"words": "等配件", "resume_at": RESUME_AT},
    Deed.RESUME: {},
    Deed.ASK_EXTENSION: {"words": "要等配件", "to": LATER},
    Deed.EXTEND: {"to": LATER},
    Deed.URGE: {"words": "请尽快"},
    Deed.SUPERVISE: {"words": "多次反映"},
    Deed.RATE: {"satisfaction": "satisfied"},
    Deed.ADD_WORDS: {"words": "晚上更黑"},
    Deed.THANK: {},
    Deed.LEAVE_PHONE: {"phone": "+86 138 0013 8000"},
    Deed.PUBLISH: {"words": "路灯不亮"},
    Deed.UNPUBLISH: {"words": "照片里有人"},
    Deed.BLOCK: {"kind": "place", "words": "连续恶意上报"},
}
# What must have been done before, beside the moves that lead to a status.
FIRST: Final = {Deed.UNPUBLISH: Deed.PUBLISH}
DOER: Final = {
    Deed.SETTLE: "li",
    Deed.TAKE: "dept",
    Deed.RETURN: "dept",
    Deed.HANDLE: "dept",
    Deed.ASK_EXTENSION: "dept",
    Deed.VERIFY: "zhao",
    Deed.REDO: "zhao",
    Deed.RATE: "zhang",
    Deed.THANK: "zhang",
    Deed.LEAVE_PHONE: "zhang",
}

_WAY: Final = {
    Status.REPORTED: [],
    Status.ACCEPTED: [Deed.ACCEPT],
    Status.DISPATCHED: [Deed.ACCEPT, Deed.DISPATCH],
    Status.TAKEN: [Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE],
    Status.PAUSED: [Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE, Deed.PAUSE],
    Status.HANDLED: [Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE, Deed.HANDLE],
    Status.VERIFIED: [Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE, Deed.HANDLE, Deed.VERIFY],
    Status.CLOSED: [Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE, Deed.HANDLE, Deed.VERIFY, Deed.CLOSE],
    Status.DECLINED: [Deed.DECLINE],
}


def doer(cast: Cast, deed: Deed, track: str) -> Actor:
    """Give the member of the cast who may do this deed on a case of 市政所."""
    name = DOER.get(deed, "wang")
    return Actor(track=track) if name == "zhang" else cast.actor(name)


def a_case(desk: Desk, cast: Cast, status: Status = Status.REPORTED, **facts: Any) -> Reported:
    """Make a case in a status by walking it there, deed by deed."""
    case = report(desk, cast, **facts)
    if status is Status.MERGED:
        other = report(desk, cast)
        do(desk, cast.actor("wang"), Deed.MERGE, case.no, into=other.no)
        return case
    for deed in _WAY[status]:
        do(desk, doer(cast, deed, case.track), deed, case.no, **TOLD[deed])
    return case


def notice_facts(desk: Desk, grid_id: int, **more: str) -> dict[str, Any]:
    """Give what is told to the residents of a grid, today only unless told otherwise."""
    with desk.looking(RESIDENT) as act:
        code = act.session.get_one(Grid, grid_id).code
        today = beijing_date(act.now).isoformat()
    words = "今晚二十二点到六点停水"
    return {"grid": code, "title": "停水", "words": words, "until_on": today} | more

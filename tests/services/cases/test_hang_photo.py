"""A photo hangs on a case once in each kind, however often it is named."""

import hashlib

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed, PhotoKind, Status
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.photos.keep import keep_photo
from gridapp.tables import CasePhoto, CaseStep
from tests.cast import Cast
from tests.makers import TOLD, a_case, do
from tests.services.photos.drawn_photos import a_picture, saved

BODY = saved(a_picture())
SHA = hashlib.sha256(BODY).hexdigest()


def test_work_done_again_may_be_shown_by_the_same_photo(desk: Desk, cast: Cast) -> None:
    dept = cast.actor("dept")
    with desk.acting(dept) as act:
        keep_photo(act, SHA, BODY)
    case = a_case(desk, cast, Status.TAKEN)
    done = TOLD[Deed.HANDLE] | {"before": (SHA,), "after": (SHA,)}
    do(desk, dept, Deed.HANDLE, case.no, **done)
    do(desk, cast.actor("zhao"), Deed.REDO, case.no, **TOLD[Deed.REDO])
    do(desk, dept, Deed.TAKE, case.no)

    do(desk, dept, Deed.HANDLE, case.no, **done)

    with desk.looking(SYSTEM) as act:
        hung = act.session.execute(
            select(col(CasePhoto.kind), col(CaseStep.deed))
            .join(CaseStep, col(CaseStep.id) == col(CasePhoto.step_id))
            .order_by(col(CasePhoto.id))
        ).all()
    assert [tuple(row) for row in hung] == [
        (PhotoKind.BEFORE, Deed.HANDLE),
        (PhotoKind.AFTER, Deed.HANDLE),
    ]

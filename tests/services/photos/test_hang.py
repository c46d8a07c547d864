"""A photo hangs on a case once, however often it is handed in."""

import hashlib

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.read import see_case
from gridapp.services.desk import Desk
from gridapp.services.photos.keep import keep_photo
from tests.cast import Cast
from tests.makers import TOLD, a_case, act_as, do
from tests.services.photos.drawn_photos import a_picture, saved

BODY = saved(a_picture())
SHA = hashlib.sha256(BODY).hexdigest()


def test_who_does_it_again_may_show_the_same_photo_again(desk: Desk, cast: Cast) -> None:
    dept, zhao = cast.actor("dept"), cast.actor("zhao")
    with act_as(desk, dept) as act:
        keep_photo(act, SHA, BODY, "")
    case = a_case(desk, cast, Status.TAKEN)
    do(desk, dept, Deed.HANDLE, case.no, after=[SHA], **TOLD[Deed.HANDLE])
    do(desk, zhao, Deed.REDO, case.no, **TOLD[Deed.REDO])
    do(desk, dept, Deed.TAKE, case.no)
    do(desk, dept, Deed.HANDLE, case.no, after=[SHA], **TOLD[Deed.HANDLE])
    with desk.looking(zhao) as act:
        assert [photo.sha256 for photo in see_case(act, case.no).photos] == [SHA]

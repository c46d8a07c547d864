"""Nothing of a case is public before staff has looked at it, and a release can be undone."""

import hashlib

import pytest
from sqlmodel import select

from gridapp.domain.errors import FactsError, GridappError, MoveRefusedError, NotThereError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.read import see_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.photos.keep import keep_photo
from gridapp.tables import Case, CasePhoto, Category
from tests.cast import Cast
from tests.contact.conftest import jpeg
from tests.makers import a_case, do, report


@pytest.fixture
def public(desk: Desk, cast: Cast) -> str:
    """The code of a category that is public."""
    with desk.acting(RESIDENT) as act:
        act.session.get_one(Category, cast.categories["lamp"]).is_public = True
    return "lamp"


def photo(desk: Desk, cast: Cast, colour: str) -> str:
    body = jpeg(colour)
    sha256 = hashlib.sha256(body).hexdigest()
    with desk.acting(RESIDENT) as act:
        keep_photo(act, sha256, body, cast.code1)
    return sha256


def public_of(desk: Desk) -> tuple[str, list[bool]]:
    with desk.looking(RESIDENT) as act:
        [text] = act.session.exec(select(Case.public_text)).all()
        return text, sorted(act.session.exec(select(CasePhoto.is_public)).all())


def test_nothing_is_public_until_it_is_released(desk: Desk, cast: Cast, public: str) -> None:
    photos = [photo(desk, cast, colour) for colour in ("red", "blue")]
    told = "灯不亮，打我电话13812345678"
    no = report(desk, cast, category=public, text=told, photos=photos).no
    assert public_of(desk) == ("", [False, False])
    do(desk, cast.actor("wang"), Deed.PUBLISH, no, photos=photos[:1])
    assert public_of(desk) == ("灯不亮，打我电话138****5678", [False, True])


def test_released_in_other_words_and_taken_back(desk: Desk, cast: Cast, public: str) -> None:
    no = report(desk, cast, category=public, photos=[photo(desk, cast, "red")]).no
    wang = cast.actor("wang")
    do(desk, wang, Deed.PUBLISH, no, words="门口路灯不亮", all_photos=True)
    assert public_of(desk) == ("门口路灯不亮", [True])
    do(desk, wang, Deed.UNPUBLISH, no, words="照片里有人")
    assert public_of(desk) == ("", [False])
    with pytest.raises(FactsError):
        do(desk, wang, Deed.UNPUBLISH, no, words="再来一次")


def test_a_category_that_is_not_public_is_never_released(desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.get_one(Category, cast.categories["noise"]).is_public = False
    for facts in ({"category": "noise"}, {"category": None}):
        no = report(desk, cast, **facts).no
        with pytest.raises(FactsError, match="不对外公开"):
            do(desk, cast.actor("wang"), Deed.PUBLISH, no)


def test_another_case_s_photo_is_not_released_with_it(desk: Desk, cast: Cast, public: str) -> None:
    theirs = photo(desk, cast, "red")
    report(desk, cast, photos=[theirs])
    no = report(desk, cast, category=public).no
    with pytest.raises(FactsError):
        do(desk, cast.actor("wang"), Deed.PUBLISH, no, photos=[theirs])


@pytest.mark.parametrize("name", ["li", "zhao", "leader", "sun", "admin"])
def test_only_the_centre_releases(desk: Desk, cast: Cast, public: str, name: str) -> None:
    no = report(desk, cast, category=public).no
    with pytest.raises(GridappError):
        do(desk, cast.actor(name), Deed.PUBLISH, no)
    assert public_of(desk)[0] == ""


def test_the_reporter_cannot_release_it_either(desk: Desk, cast: Cast, public: str) -> None:
    case = report(desk, cast, category=public)
    with pytest.raises((NotThereError, MoveRefusedError)):
        do(desk, Actor(track=case.track), Deed.PUBLISH, case.no)


@pytest.mark.parametrize("status", [Status.REPORTED, Status.CLOSED])
def test_the_button_says_what_may_be_done_now(
    desk: Desk, cast: Cast, public: str, status: Status
) -> None:
    no, wang, shown = a_case(desk, cast, status, category=public).no, cast.actor("wang"), []
    for deed in (Deed.PUBLISH, Deed.UNPUBLISH, None):
        with desk.looking(wang) as act:
            offered = {button.deed for button in see_case(act, no).buttons}
        shown.append(offered & {Deed.PUBLISH.value, Deed.UNPUBLISH.value})
        if deed:
            do(desk, wang, deed, no, words="看过了")
    assert shown == [{"case.publish"}, {"case.unpublish"}, {"case.publish"}]

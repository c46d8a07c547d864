"""A worker's own notes: the newest first, with place, photos and the case each became."""

from hashlib import sha256

import pytest

from gridapp.domain.errors import FactsError, NotAllowedError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.notes.mine import list_notes
from gridapp.services.photos.keep import keep_photo
from tests.cast import Cast
from tests.makers import do
from tests.services.photos.drawn_photos import a_picture, saved

pytestmark = pytest.mark.both_databases


def write(desk: Desk, cast: Cast, text: str, who: str = "li", **facts: object) -> str:
    told = {"text": text} | facts
    done = do(desk, cast.actor(who), Deed.WRITE_NOTE, **told)  # type: ignore[arg-type]  # as told
    return str(done.reply["note"])


def test_the_own_notes_come_the_newest_first(desk: Desk, cast: Cast) -> None:
    write(desk, cast, "楼道灯", at=cast.code1)
    write(desk, cast, "网格里的事")
    write(desk, cast, "网格长记的", who="chen")
    with desk.looking(cast.actor("li")) as act:
        notes = list_notes(act).items
    told = [(note.text, note.place, note.at) for note in notes]
    assert told == [("网格里的事", "南大街第一网格", ""), ("楼道灯", "1号楼", cast.code1)]


def test_a_note_shows_the_case_that_it_became(desk: Desk, cast: Cast) -> None:
    note = write(desk, cast, "楼道灯", at=cast.code1)
    no = do(desk, cast.actor("li"), Deed.PROMOTE_NOTE, note).reply["no"]
    with desk.looking(cast.actor("li")) as act:
        assert [one.case_no for one in list_notes(act).items] == [no]


def test_photos_go_along_unless_they_are_taken_away(desk: Desk, cast: Cast) -> None:
    body = saved(a_picture(size=(64, 48)))
    name = sha256(body).hexdigest()
    kept, left = "", ""
    for text in "一二":
        with desk.acting(cast.actor("li")) as act:
            keep_photo(act, name, body)
        kept, left = left, write(desk, cast, text, at=cast.code1, photos=(name,))
    do(desk, cast.actor("li"), Deed.PROMOTE_NOTE, kept)
    case = do(desk, cast.actor("li"), Deed.PROMOTE_NOTE, left, photos=()).reply
    with desk.looking(cast.actor("li")) as act:
        assert [note.photos for note in list_notes(act).items] == [(name,), (name,)]
        assert case["no"]


def test_pages_follow_each_other(desk: Desk, cast: Cast) -> None:
    for text in "一二三":
        write(desk, cast, text)
    with desk.looking(cast.actor("li")) as act:
        first = list_notes(act, limit=2)
        rest = list_notes(act, first.next, limit=2)
    told = [[note.text for note in page.items] for page in (first, rest)]
    assert (told, rest.next) == ([["三", "二"], ["一"]], "")


def test_who_writes_no_notes_has_no_list(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("wang")) as act, pytest.raises(NotAllowedError):
        list_notes(act)
    with desk.looking(cast.actor("li")) as act, pytest.raises(FactsError):
        list_notes(act, "x")

"""Releases what everybody may read of a case, and takes it back (对外公开 不再公开).

Until then nobody but the reporter and staff reads a word of it or sees a photo, and of a category
that is not public nothing is ever released.
"""

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select, update
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.privacy import scrub
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.centre import ReasonFacts, category_of
from gridapp.services.cases.move import move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Sha256, Words
from gridapp.services.verbs import verb
from gridapp.tables import Case, CasePhoto, Photo


class PublishFacts(Facts):
    """The words as everybody is to read them, and which photos; without words, the reporter's.

    ``all_photos`` is said by somebody who has looked at each of them.
    """

    words: Words = ""
    photos: Annotated[tuple[Sha256, ...], Field(max_length=30)] = ()
    all_photos: bool = False


@verb(Deed.PUBLISH, PublishFacts)
def publish_case(act: Act, order: Order, facts: PublishFacts) -> dict[str, Any]:
    """Release words and photos of a case; phones and ID numbers in the words are masked.

    Raises:
        FactsError: Its category is not public, or a photo is none of the case's.
    """
    row = open_for(act, order, Deed.PUBLISH).row
    category = category_of(act, row)
    if row.is_held or category is None or not category.is_public:
        raise FactsError("这一类事件不对外公开。请先受理，并选择可以公开的分类。")
    photo_ids = _photo_ids(act, row, None if facts.all_photos else facts.photos)
    text = scrub(facts.words or row.text)
    move_case(
        act, row, Deed.PUBLISH, order, facts={"photo_count": len(photo_ids)}, public_text=text
    )
    _show_photos(act, row, photo_ids)
    return reply_of(row, order.uid)


@verb(Deed.UNPUBLISH, ReasonFacts)
def unpublish_case(act: Act, order: Order, facts: ReasonFacts) -> dict[str, Any]:
    """Take back what was released."""
    row = open_for(act, order, Deed.UNPUBLISH).row
    if not row.public_text:
        raise FactsError("这件事没有公开。")
    move_case(act, row, Deed.UNPUBLISH, order, words=facts.words, public_text="")
    _show_photos(act, row, [])
    return reply_of(row, order.uid)


def may_publish(act: Act, row: Case) -> bool:
    """Tell whether there is anything of a case that may be released and is not."""
    category = category_of(act, row)
    is_public = category is not None and category.is_public
    return is_public and not row.is_held and not row.public_text


def _photo_ids(act: Act, row: Case, wanted: tuple[str, ...] | None) -> list[int]:
    """Give the rows of these photos of a case, or of all of them."""
    found = act.session.execute(
        select(col(CasePhoto.photo_id), col(Photo.sha256))
        .join(Photo, col(Photo.id) == col(CasePhoto.photo_id))
        .where(col(CasePhoto.case_id) == row.id)
    ).all()
    if wanted is None:
        return [photo_id for photo_id, _ in found]
    if not set(wanted) <= {sha256 for _, sha256 in found}:
        raise FactsError("有照片不属于这件事。", fields={"photos": "有照片不属于这件事"})
    return [photo_id for photo_id, sha256 in found if sha256 in wanted]


def _show_photos(act: Act, row: Case, photo_ids: list[int]) -> None:
    act.session.execute(
        update(CasePhoto)
        .where(col(CasePhoto.case_id) == row.id)
        .values(is_public=col(CasePhoto.photo_id).in_(photo_ids))
        .execution_options(synchronize_session=False)
    )

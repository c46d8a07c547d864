"""The open matters of a building as everybody may read them, so that nobody reports them again.

No photo, no person, no door, and no word but what the centre has released (``case.publish``).
A category that is not shown publicly leaves no trace here, not even in the count; one that has no
category yet is counted, but nobody could tell whether it is theirs.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import STATUS_FOR_REPORTER
from gridapp.domain.vocabulary import Status
from gridapp.domain.workflow import OPEN
from gridapp.services.bad_rows import readable
from gridapp.services.cases.cards import headline
from gridapp.services.desk import Act
from gridapp.tables import Case, Category

_HANDLE_CHARACTERS = 16


@dataclass(frozen=True)
class MatterView:
    """An open matter on a building's page.

    Args:
        handle: Names it to ``case.me_too``; opens nothing.
        category: What it is about, in the words of the category table.
        reported_words: When it was reported.
        status_words: How it stands, as a reporter reads it.
        me_too_count: How many others have said that they met it.
        words: What the centre has released of it, in one line; mostly nothing.
    """

    handle: str
    category: str
    reported_words: str
    status_words: str
    me_too_count: int
    words: str = ""


def handle_of(track: str) -> str:
    """Give a name for a case that leads nobody back to its tracking token."""
    return hashlib.sha256(f"matter {track}".encode()).hexdigest()[:_HANDLE_CHARACTERS]


def open_matters(act: Act, building_id: int) -> tuple[tuple[MatterView, ...], int]:
    """List what is open in a building and may be told to everybody, and count what is not sorted.

    The newest comes first. The count is of those without a category.
    """
    rows = act.session.execute(_public(building_id)).all()
    sorted_out = [row for row in rows if row[2]]

    def view(one: Any) -> MatterView:
        _, track, category, reported_at, status, count, public_text = one
        return MatterView(
            handle=handle_of(track),
            category=category,
            reported_words=moment_words(act.now, reported_at),
            status_words=STATUS_FOR_REPORTER[Status(status)],
            me_too_count=count,
            words=headline(public_text),
        )

    matters = tuple(readable("open matters", sorted_out, view))
    return matters, len(rows) - len(sorted_out)


def find_matter(act: Act, building_id: int, handle: str) -> int:
    """Give the row id of an open public matter of a building.

    Raises:
        NotThereError: There is none; or it has been finished meanwhile.
    """
    for case_id, track, category, *_ in act.session.execute(_public(building_id)).all():
        if category and handle_of(track) == handle:
            return int(case_id)
    raise NotThereError("这件事刚刚有了结果，不用再报。")


def _public(building_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            col(Case.id),
            col(Case.track),
            col(Category.name),
            col(Case.reported_at),
            col(Case.status),
            col(Case.me_too_count),
            col(Case.public_text),
        )
        .outerjoin(Category, col(Category.id) == col(Case.category_id))
        .where(
            col(Case.building_id) == building_id,
            col(Case.status).in_(OPEN),
            or_(col(Category.is_public), col(Case.category_id).is_(None)),
            col(Case.is_held).is_(False),
        )
        .order_by(col(Case.received_at).desc(), col(Case.id).desc())
    )

"""Posts a notice for a grid, and takes it down again (发通知 撤下)."""

from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Grid, Notice

TITLE_MAX_CHARACTERS: Final = 40
WORDS_MAX_CHARACTERS: Final = 1_000
# Nothing hangs for ever: what still holds is posted anew.
LONGEST: Final = timedelta(days=180)
_ID_DIGITS: Final = 9


class PostNoticeFacts(Facts):
    """What is told, where by the grid's code, and up to which Beijing day."""

    grid: Annotated[str, Field(min_length=1, max_length=32)]
    title: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=TITLE_MAX_CHARACTERS), shown(2)
    ]
    words: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=WORDS_MAX_CHARACTERS), shown(2)
    ]
    until_on: Day


class TakeDownFacts(Facts):
    """Nothing has to be said: whoever posted it wrong wants it gone at once."""


@verb(Deed.POST_NOTICE, PostNoticeFacts)
def post_notice(act: Act, order: Order, facts: PostNoticeFacts) -> dict[str, Any]:
    """Tell the residents of a grid, and of all grids below it.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: The last day has gone by, or is too far away.
    """
    demand(act, Deed.POST_NOTICE)
    grid = open_grid(act, facts.grid, Deed.POST_NOTICE)
    assert grid.id is not None
    today = beijing_date(act.now)
    if not today <= facts.until_on <= today + LONGEST:
        sentence = f"截止日期要在今天到{LONGEST.days}天之内。"
        raise FactsError(sentence, fields={"until_on": sentence})
    row = Notice(
        grid_id=grid.id, title=facts.title, words=facts.words,
        until_on=facts.until_on, posted_at=act.now, posted_by_id=act.actor.person_id,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    write_audit(act, Deed.POST_NOTICE, f"notice:{row.id}", grid=grid.code)
    return {"receipt": str(order.uid), "notice": row.id, "version": row.version}


@verb(Deed.TAKE_DOWN_NOTICE, TakeDownFacts)
def take_down_notice(act: Act, order: Order, _facts: TakeDownFacts) -> dict[str, Any]:
    """Show a notice no longer; it is kept, and can be posted anew.

    Raises:
        NotThereError: No such notice, or of a grid out of reach.
        ConflictError: It has been taken down already.
    """
    demand(act, Deed.TAKE_DOWN_NOTICE)
    row = _open_notice(act, order.subject)
    done = act.session.execute(
        update(Notice)
        .where(col(Notice.id) == row.id, col(Notice.version) == (order.version or row.version))
        .where(col(Notice.taken_down_at).is_(None))
        .values(
            version=row.version + 1, taken_down_at=act.now, taken_down_by_id=act.actor.person_id
        )
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise ConflictError("这条通知已经撤下，请刷新后再看。")
    write_audit(act, Deed.TAKE_DOWN_NOTICE, f"notice:{row.id}")
    return {"receipt": str(order.uid), "notice": row.id, "version": row.version + 1}


def _open_notice(act: Act, subject: str) -> Notice:
    within = select(col(Grid.id)).where(grids_within(act.actor, Deed.TAKE_DOWN_NOTICE))
    if not (subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS):
        raise NotThereError
    row: Notice | None = act.session.execute(
        select(Notice).where(col(Notice.id) == int(subject), col(Notice.grid_id).in_(within))
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row

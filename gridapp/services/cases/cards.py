"""Turns case rows into cards: names joined, deadlines and moments in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, Select, select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.deadlines import due_state, remaining_words
from gridapp.domain.labels import (
    ASIDE_REASON,
    COLOUR,
    COLOUR_SHAPE,
    SOURCE,
    STATUS,
    SUPERVISION,
    URGENCY,
)
from gridapp.domain.lateness import is_late
from gridapp.domain.vocabulary import Status, Supervision
from gridapp.domain.workflow import FINISHED, colour_of
from gridapp.services.bad_rows import readable
from gridapp.services.calendar.promises import limit_of_row, standing_of
from gridapp.services.calendar.town import town_calendar
from gridapp.services.case_access import case_no_of
from gridapp.services.cases.views import CaseCard
from gridapp.services.desk import Act
from gridapp.tables import Case, CasePhoto, Category, Grid, Person, Photo, Unit

HEADLINE_MAX_CHARACTERS = 40


@dataclass(frozen=True)
class Named:
    """A case row with the names it refers to, and its grid's path."""

    row: Case
    category: str
    grid: str
    grid_path: str
    unit: str
    holder: str


def named_cases() -> Select[Case, str | None, str, str, str | None, str | None]:
    """Select cases with the names they refer to; the caller adds where, order and limit."""
    return (
        select(
            Case,
            col(Category.name),
            col(Grid.name),
            col(Grid.path),
            col(Unit.name),
            col(Person.name),
        )
        .join(Grid, col(Grid.id) == col(Case.grid_id))
        .outerjoin(Category, col(Category.id) == col(Case.category_id))
        .outerjoin(Unit, col(Unit.id) == col(Case.unit_id))
        .outerjoin(Person, col(Person.id) == col(Case.holder_id))
    )


def as_named(found: Row[Case, str | None, str, str, str | None, str | None]) -> Named:
    """Read one row of ``named_cases``."""
    row, category, grid, path, unit, holder = found
    return Named(row, category or "未分类", grid, path, unit or "", holder or "")


def cards_of(act: Act, found: Sequence[Named]) -> tuple[CaseCard, ...]:
    """Make the cards of a page; the first photo of each is looked up in one query."""
    thumbs = _thumbs(act, [named.row.id for named in found if named.row.id is not None])

    def card(named: Named) -> CaseCard:
        return card_of(act, named, thumbs.get(named.row.id or 0, ""))

    return tuple(readable("cases", found, card))


def _thumbs(act: Act, case_ids: Iterable[int]) -> dict[int, str]:
    rows = act.session.execute(
        select(col(CasePhoto.case_id), col(Photo.sha256))
        .join(Photo, col(Photo.id) == col(CasePhoto.photo_id))
        .where(col(CasePhoto.case_id).in_(list(case_ids)))
        .order_by(col(CasePhoto.id).desc())
    ).all()
    return {case_id: sha256 for case_id, sha256 in rows}  # noqa: C416 - dict() cannot type a Row


def card_of(act: Act, named: Named, thumb: str) -> CaseCard:
    """Make one card."""
    row = named.row
    colour = colour_of(row.status, settled=row.settled)
    return CaseCard(
        no=case_no_of(row),
        version=row.version,
        headline=headline(row.text),
        place=row.place,
        grid=named.grid,
        category=named.category,
        status=row.status.value,
        status_label=STATUS[row.status],
        colour=colour.value,
        colour_shape=COLOUR_SHAPE[colour],
        colour_label=COLOUR[colour],
        urgency=row.urgency.value,
        urgency_label=URGENCY[row.urgency],
        source_label=SOURCE[row.source],
        due_at=row.due_at,
        due_state=due_state_of(act, row),
        due_words=due_words_of(act, row),
        due_provisional=row.due_provisional,
        reported_at=row.reported_at,
        reported_words=moment_words(act.now, row.reported_at),
        handler=handler_words(named),
        flags=flags_of(row),
        thumb=thumb,
    )


def headline(text: str) -> str:
    """Give the first words of a text on one line."""
    line = " ".join(text.split())
    return (
        line if len(line) <= HEADLINE_MAX_CHARACTERS else line[: HEADLINE_MAX_CHARACTERS - 1] + "…"
    )


PAUSED_WORDS: Final = "暂停计时"
# Where nobody's clock runs any more, it is said whether the promise was kept.
_JUDGED: Final = {
    Status.HANDLED: "处置，待核查", Status.VERIFIED: "处置，待结案", Status.CLOSED: "办结",
}  # fmt: skip


def due_state_of(act: Act, row: Case) -> str:
    """Tell how the promise stands: calm, warn, yellow, red, or paused, or done."""
    if row.status in FINISHED:
        return "done"
    if row.status is Status.PAUSED and not _was_late(act, row):
        return "paused"
    judged_at = standing_of(row).judged_at if row.status in _JUDGED else row.due_at
    by = row.paused_at or row.handled_at or act.now
    return due_state(by, judged_at, limit_of_row(row), town_calendar(act)).value


def _was_late(act: Act, row: Case) -> bool:
    return is_late(row.status, row.due_at, paused_at=row.paused_at, now=act.now)


def due_words_of(act: Act, row: Case) -> str:
    """Say how long is left, how late it is, or whether the promise was kept."""
    if row.status in {Status.DECLINED, Status.MERGED}:
        return ""
    if row.status in _JUDGED:
        done_at = row.handled_at or row.closed_at or act.now
        kept = done_at <= standing_of(row).judged_at
        return f"{'按期' if kept else '超期'}{_JUDGED[row.status]}"
    if row.status is not Status.PAUSED:
        return remaining_words(act.now, row.due_at)
    assert row.paused_at is not None, "a paused case knows since when"
    if _was_late(act, row):
        return f"挂起前{remaining_words(row.paused_at, row.due_at)}"
    return PAUSED_WORDS


def due_for_reporter(card: CaseCard) -> tuple[str, str]:
    """Give state and words of a promise as its reporter reads them.

    How late a case was before it was paused is an affair of ours; the reporter waits for the date
    agreed.
    """
    if card.status == Status.PAUSED:
        return "paused", PAUSED_WORDS
    return card.due_state, card.due_words


def handler_words(named: Named) -> str:
    """Say who has the case now: the unit or the grid's people, and the person who took it."""
    row = named.row
    if row.status in {Status.REPORTED, Status.ACCEPTED} and not row.settled:
        return "街道城运中心"
    who = named.unit or named.grid
    return f"{who} {named.holder}" if named.holder else who


def flags_of(row: Case) -> tuple[str, ...]:
    """List what sets a case apart: reopened, returned, reworked, urged, supervised, asked for."""
    flags = [
        "待甄别" if row.is_held and row.status not in FINISHED else "",
        ASIDE_REASON[row.aside_for] if row.aside_for and row.status not in FINISHED else "",
        f"{row.me_too_count} 人也遇到" if row.me_too_count else "",
        "重开" if row.reopen_count else "",
        f"退回 {row.return_count} 次" if row.return_count else "",
        f"返工 {row.redo_count} 次" if row.redo_count else "",
        "申请延期" if row.extension_asked_to and row.status not in FINISHED else "",
        "已延期" if row.extension_count else "",
        SUPERVISION[row.supervision] if row.supervision is not Supervision.NONE else "",
        "居民致谢" if row.thanked_at else "",
    ]
    return tuple(flag for flag in flags if flag)

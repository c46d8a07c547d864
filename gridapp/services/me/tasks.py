"""Cases to take along offline: how each stands, how it came to that, and what may be done on it.

Nothing here is said as seen from now: what goes along stays true for as long as it is kept, and
is the same content until something has happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.deadlines import red_moment, warn_moment
from gridapp.domain.labels import DEED
from gridapp.domain.lateness import RUNNING
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workflow import OPEN
from gridapp.services.bad_rows import readable
from gridapp.services.calendar.promises import limit_of_row
from gridapp.services.calendar.town import town_calendar
from gridapp.services.case_access import OpenedCase, deeds_open_to, may
from gridapp.services.cases.history import facts_words, photos_by_step, steps_by_case
from gridapp.services.cases.lists import PAGE_MAX_COUNT, CaseFilter, list_cases
from gridapp.services.cases.views import CaseCard, PhotoView
from gridapp.services.desk import Act
from gridapp.tables import BuildingCode, Case, CaseStep, Grid

# Enough to know on the spot what it is about; the whole of it is read online.
_TEXT_MAX_CHARACTERS: Final = 300
_OTHERS_TEXT_MAX_CHARACTERS: Final = 120
_STEP_MAX_CHARACTERS: Final = 100
_STEPS_MAX_COUNT: Final = 8
_OTHERS_STEPS_MAX_COUNT: Final = 2
# Seen from so long ago, every day is said in full: 2026年11月24日 17:30 前.
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class PhotoAlong:
    """A photo by its hash, and when in the work it was taken."""

    sha256: str
    label: str


@dataclass(frozen=True)
class StepAlong:
    """One step of a case: what was done, by whom, when, with which words."""

    label: str
    actor: str
    at: datetime
    words: str
    facts: str
    photo_count: int


@dataclass(frozen=True)
class TaskView:
    """A case to take along: what a card says, without words that age by the minute.

    Args:
        warn_at: From when its deadline is near; ``red_at`` is when twice its limit has passed.
        stopped_words: Where its clock stands (paused, handled): how it stands, which does not age;
            ``stopped_state`` is a word of ``CaseCard.due_state``. Both are empty while it runs.
        at: Code of its building, to capture something at the same place; may be empty.
        deeds: What the reader may do on it as it stands.
        steps: The newest steps, oldest first; public words only when it is not the reader's.
        earlier_count: Steps before those.
        photos: Of the fifty soonest of the reader's own tasks only.
    """

    no: str
    version: int
    text: str
    place: str
    at: str
    grid: str
    category: str
    status: str
    status_label: str
    urgency: str
    urgency_label: str
    due_at: datetime
    warn_at: datetime
    red_at: datetime
    stopped_state: str
    stopped_words: str
    reported_at: datetime
    source_label: str
    handler: str
    flags: tuple[str, ...]
    thumb: str
    is_mine: bool
    deeds: tuple[str, ...]
    steps: tuple[StepAlong, ...]
    earlier_count: int
    photos: tuple[PhotoAlong, ...]


@dataclass(frozen=True)
class Tasks:
    """The cases that go along, and how many open ones do not."""

    tasks: tuple[TaskView, ...]
    left_out_count: int


@dataclass(frozen=True)
class _Known:
    """What is looked up for all cases at once, by the case's id."""

    opened: dict[int, OpenedCase]
    codes: dict[int, str]
    steps: dict[int, list[tuple[CaseStep, str]]]
    photos: dict[int, list[PhotoView]]


def tasks_along(act: Act) -> Tasks:
    """Gather the cases addressed to the actor, then the other open ones in sight; soonest first."""
    running = tuple(status.value for status in OPEN)
    asked = CaseFilter(statuses=running, sort="due", limit=PAGE_MAX_COUNT)
    mine = list_cases(
        act, CaseFilter(statuses=running, mine=True, sort="due", limit=PAGE_MAX_COUNT)
    )
    numbers = {card.no for card in mine.items}
    seen = list_cases(act, asked)
    open_cards = list(seen.items)
    if seen.next:  # the soonest ones may all be the actor's own
        open_cards += list_cases(act, replace(asked, after=seen.next)).items
    others = [card for card in open_cards if card.no not in numbers][:PAGE_MAX_COUNT]
    cards = [*mine.items, *others]
    known = _known(act, [_id_of(card) for card in cards])

    def task(card: CaseCard) -> TaskView:
        return _task(act, card, known, is_whole=card.no in numbers)

    tasks = tuple(readable("tasks", cards, task))
    return Tasks(tasks, max(0, seen.total - len(tasks)))


def _id_of(card: CaseCard) -> int:
    parsed = parse_case_no(card.no)
    assert parsed is not None, "a card bears a number of ours"
    return parsed.case_id


def _known(act: Act, ids: Sequence[int]) -> _Known:
    cases = act.session.execute(
        select(Case, col(Grid.path))
        .join(Grid, col(Grid.id) == col(Case.grid_id))
        .where(col(Case.id).in_(ids))
    ).all()
    codes = act.session.execute(
        select(col(BuildingCode.building_id), col(BuildingCode.code))
        .where(
            col(BuildingCode.building_id).in_({row.building_id for row, _ in cases}),
            col(BuildingCode.retired_at).is_(None),
        )
        .order_by(col(BuildingCode.issued_at))
    ).all()
    return _Known(
        {row.id: OpenedCase(row, path) for row, path in cases if row.id is not None},
        {building_id: code for building_id, code in codes},  # noqa: C416 - dict() cannot type a Row
        steps_by_case(act, ids),
        photos_by_step(act, ids),
    )


def _task(act: Act, card: CaseCard, known: _Known, *, is_whole: bool) -> TaskView:
    case_id = _id_of(card)
    opened = known.opened[case_id]
    row, calendar, limit = opened.row, town_calendar(act), limit_of_row(opened.row)
    steps = known.steps[case_id]
    is_mine = may(act.actor, Deed.HANDLE, opened)
    stops = row.status not in RUNNING
    shown = steps[-(_STEPS_MAX_COUNT if is_whole else _OTHERS_STEPS_MAX_COUNT) :]
    return TaskView(
        no=card.no,
        version=card.version,
        text=_cut(row.text, _TEXT_MAX_CHARACTERS if is_whole else _OTHERS_TEXT_MAX_CHARACTERS),
        place=card.place,
        at=known.codes.get(row.building_id or 0, ""),
        grid=card.grid,
        category=card.category,
        status=card.status,
        status_label=card.status_label,
        urgency=card.urgency,
        urgency_label=card.urgency_label,
        due_at=card.due_at,
        warn_at=warn_moment(card.due_at, limit, calendar),
        red_at=red_moment(card.due_at, limit, calendar),
        stopped_state=card.due_state if stops else "",
        stopped_words=card.due_words if stops else "",
        reported_at=card.reported_at,
        source_label=card.source_label,
        handler=card.handler,
        flags=card.flags,
        thumb=card.thumb,
        is_mine=is_mine,
        deeds=tuple(sorted(deed.value for deed in deeds_open_to(act.actor, opened))),
        steps=tuple(_step(step, actor, known, is_mine=is_mine) for step, actor in shown),
        earlier_count=len(steps) - len(shown),
        photos=_photos(steps, known) if is_whole else (),
    )


def _step(step: CaseStep, actor: str, known: _Known, *, is_mine: bool) -> StepAlong:
    return StepAlong(
        label=DEED[step.deed],
        actor=actor,
        at=step.at,
        words=_cut(step.words, _STEP_MAX_CHARACTERS) if is_mine or step.is_public else "",
        facts=facts_words(_LONG_AGO, step.deed, step.facts),
        photo_count=len(known.photos.get(step.id or 0, ())),
    )


def _cut(text: str, most_characters: int) -> str:
    return text if len(text) <= most_characters else text[: most_characters - 1] + "…"


def _photos(steps: Sequence[tuple[CaseStep, str]], known: _Known) -> tuple[PhotoAlong, ...]:
    hung = (photo for step, _ in steps for photo in known.photos.get(step.id or 0, ()))
    return tuple(PhotoAlong(photo.sha256, photo.kind_label) for photo in hung)

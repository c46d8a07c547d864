"""Gives the field app what it needs of the own grids while there is no network."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.workflow import OPEN
from gridapp.services.areas.buildings import BuildingView, own_buildings
from gridapp.services.cases.categories import CategoryView, list_categories
from gridapp.services.cases.lists import PAGE_MAX_COUNT, CaseFilter, list_cases
from gridapp.services.cases.views import CaseCard
from gridapp.services.desk import Act
from gridapp.services.me.profile import MeView, see_me
from gridapp.services.patrols.take_along import PatrolsView, see_patrols
from gridapp.services.people.contacts import ContactView, public_contacts
from gridapp.tables import Case

# Enough to know on the spot what it is about; the whole text is read online.
_TEXT_MAX_CHARACTERS: Final = 400


@dataclass(frozen=True)
class TaskView:
    """A case to take along: what a card says, without words that age by the minute."""

    no: str
    version: int
    text: str
    place: str
    grid: str
    category: str
    status: str
    status_label: str
    urgency: str
    urgency_label: str
    due_at: datetime
    reported_at: datetime
    flags: tuple[str, ...]
    thumb: str
    is_mine: bool


@dataclass(frozen=True)
class SnapshotView:
    """What goes along: who, where, what to do, whom to call."""

    me: MeView
    buildings: tuple[BuildingView, ...]
    categories: tuple[CategoryView, ...]
    contacts: tuple[ContactView, ...]
    tasks: tuple[TaskView, ...]
    patrols: PatrolsView


def see_snapshot(act: Act) -> SnapshotView:
    """Gather the snapshot; the same content as long as nothing in it has changed.

    Raises:
        SignInNeededError: Nobody is signed in.
    """
    me = see_me(act)
    contacts = {
        contact: None
        for post in act.actor.posts
        if post.grid_id
        for contact in public_contacts(act, post.grid_id)
    }
    return SnapshotView(
        me=me,
        buildings=own_buildings(act),
        categories=list_categories(act),
        contacts=tuple(contacts),
        tasks=_tasks(act),
        patrols=see_patrols(act),
    )


def _tasks(act: Act) -> tuple[TaskView, ...]:
    """List the cases addressed to the actor, then the other open ones in sight; soonest first."""
    running = tuple(status.value for status in OPEN)
    asked = CaseFilter(statuses=running, sort="due", limit=PAGE_MAX_COUNT)
    mine = list_cases(
        act, CaseFilter(statuses=running, mine=True, sort="due", limit=PAGE_MAX_COUNT)
    )
    numbers = {card.no for card in mine.items}
    others = [card for card in list_cases(act, asked).items if card.no not in numbers]
    cards = [*mine.items, *others]
    texts = _texts(act, cards)
    return tuple(_task(card, texts, is_mine=card.no in numbers) for card in cards)


def _texts(act: Act, cards: list[CaseCard]) -> dict[str, str]:
    ids = {parsed.case_id: card.no for card in cards if (parsed := parse_case_no(card.no))}
    found = act.session.execute(
        select(col(Case.id), col(Case.text)).where(col(Case.id).in_(ids))
    ).all()
    return {ids[case_id]: text[:_TEXT_MAX_CHARACTERS] for case_id, text in found if case_id}


def _task(card: CaseCard, texts: dict[str, str], *, is_mine: bool) -> TaskView:
    return TaskView(
        no=card.no,
        version=card.version,
        text=texts.get(card.no, card.headline),
        place=card.place,
        grid=card.grid,
        category=card.category,
        status=card.status,
        status_label=card.status_label,
        urgency=card.urgency,
        urgency_label=card.urgency_label,
        due_at=card.due_at,
        reported_at=card.reported_at,
        flags=card.flags,
        thumb=card.thumb,
        is_mine=is_mine,
    )

"""Gives the field app what it needs of the own grids while there is no network."""

from dataclasses import dataclass

from gridapp.services.areas.buildings import BuildingView, own_buildings
from gridapp.services.cases.categories import CategoryView, list_categories
from gridapp.services.desk import Act
from gridapp.services.me.notes import NoteAlongView, notes_along
from gridapp.services.me.profile import MeView, see_me
from gridapp.services.me.tasks import TaskView, tasks_along
from gridapp.services.me.visits import DueVisitView, due_visits
from gridapp.services.patrols.take_along import PatrolsView, see_patrols
from gridapp.services.people.contacts import ContactView, public_contacts


@dataclass(frozen=True)
class SnapshotView:
    """What goes along: who, where, what to do, whom to call.

    Args:
        left_out_count: Open cases in sight for which there was no room; they are read online.
    """

    me: MeView
    buildings: tuple[BuildingView, ...]
    categories: tuple[CategoryView, ...]
    contacts: tuple[ContactView, ...]
    tasks: tuple[TaskView, ...]
    left_out_count: int
    patrols: PatrolsView
    visits: tuple[DueVisitView, ...]
    notes: tuple[NoteAlongView, ...]


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
    tasks = tasks_along(act)
    return SnapshotView(
        me=me,
        buildings=own_buildings(act),
        categories=list_categories(act),
        contacts=tuple(contacts),
        tasks=tasks.tasks,
        left_out_count=tasks.left_out_count,
        patrols=see_patrols(act),
        visits=due_visits(act),
        notes=notes_along(act),
    )

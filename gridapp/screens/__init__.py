"""What people see in Reflex, by role."""

from importlib import import_module

_PAGES = (
    "everyone.home",
    "everyone.not_found",
    "everyone.me",
    "worker.today",
    "worker.case",
    "worker.visits",
    "worker.household",
    "worker.notes",
    "desk.inbox",
    "desk.case",
    "desk.blocks",
    "leader.overview",
    "patrols.page",
    "admin.home",
    "admin.categories",
    "admin.calendar",
    "admin.texts",
    "admin.colours",
)


def register_pages() -> None:
    """Import every page module: a page registers itself where it is written."""
    for name in _PAGES:
        import_module(f"gridapp.screens.{name}")

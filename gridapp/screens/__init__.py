"""What people see in Reflex, by role."""

from importlib import import_module

_PAGES = (
    "everyone.not_found",
    "everyone.me",
    "worker.today",
    "worker.case",
    "worker.visits",
    "worker.household",
    "worker.notes",
    "worker.notices",
    "desk.inbox",
    "desk.case",
    "desk.blocks",
    "desk.aside",
    "leader.overview",
    "patrols.page",
    "admin.home",
    "admin.areas.tree",
    "admin.areas.area",
    "admin.areas.settings",
    "admin.register",
    "admin.register_building",
    "admin.register_record",
    "admin.register_verify",
    "worker.register",
    "worker.register_building",
    "worker.register_record",
    "worker.register_verify",
    "admin.boundaries.page",
    "admin.boundaries.import_page",
    "admin.boundaries.draw",
    "people.listing",
    "people.person",
    "people.posts",
    "people.units",
    "people.unit",
    "people.matrix",
    "people.audit",
    "admin.tables.imports",
    "admin.tables.import_file",
    "admin.tables.exports",
    "admin.prints.page",
    "admin.prints.walls_page",
    "admin.categories",
    "admin.calendar",
    "admin.texts",
    "admin.wording",
    "admin.colours",
)


def register_pages() -> None:
    """Import every page module: a page registers itself where it is written."""
    for name in _PAGES:
        import_module(f"gridapp.screens.{name}")

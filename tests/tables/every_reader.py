"""Finds whatever reads, by the house's own names (``list_`` ``see_`` ``count_``), and reads it all.

A reader that comes tomorrow is found tomorrow. One that needs a subject is not found here; its
list is.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import date
from functools import cache, partial
from types import ModuleType
from typing import Any, Final, get_type_hints

import gridapp.services
from gridapp.domain.errors import GridappError
from gridapp.jobs.forget import forget
from gridapp.jobs.handovers import begin_handovers
from gridapp.jobs.sweep import sweep
from gridapp.services.desk import RESIDENT, Act, Desk
from gridapp.services.exchange.imports import KINDS
from gridapp.services.exchange.kind import Wishes
from tests.cast import Cast

READERS: Final = ("list_", "see_", "count_", "due_", "tasks_", "notes_", "search_", "public_")
WHO: Final = ("li", "chen", "wang", "leader", "admin", "audit")
# What these readers are asked beside the act.
MORE: Final[dict[str, tuple[Any, ...]]] = {
    "gridapp.services.stats.overview.overview": (date(2026, 6, 1), date(2026, 6, 30)),
    "gridapp.services.patrols.coverage.see_coverage": (date(2026, 6, 1), date(2026, 6, 30)),
}


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(gridapp.services.__path__, "gridapp.services."):
        if ".demo" not in found.name:
            yield importlib.import_module(found.name)


@cache
def every_reader() -> dict[str, Callable[[Act], Any]]:
    """Give each reader by its full name, ready to be called with an act alone."""
    found: dict[str, Callable[[Act], Any]] = {}
    for module in _modules():
        for name, reader in inspect.getmembers(module, inspect.isfunction):
            full = f"{module.__name__}.{name}"
            is_reader = name.startswith(READERS) or full in MORE
            if is_reader and reader.__module__ == module.__name__:
                ready = _ready(reader, MORE.get(full, ()))
                if ready is not None:
                    found[full] = ready
    return found


def _ready(reader: Callable[..., Any], more: tuple[Any, ...]) -> Callable[[Act], Any] | None:
    if more:
        return lambda act: reader(act, *more)
    hints = get_type_hints(reader)
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(reader).parameters.items():
        if name == "act" or parameter.default is not inspect.Parameter.empty:
            continue
        try:
            given[name] = hints[name]() if is_dataclass(hints[name]) else None
        except TypeError:
            return None
        if given[name] is None:
            return None
    return (lambda act: reader(act, **given)) if "act" in hints else None


def read_everything(desk: Desk, cast: Cast) -> None:
    """Read by every reader as everybody, take out every table, and go every round."""
    for actor in (*map(cast.actor, WHO), RESIDENT):
        with desk.looking(actor) as act:
            for read in every_reader().values():
                _allowed(partial(read, act))
    with desk.looking(cast.actor("wang")) as act:
        for kind in KINDS.values():
            _allowed(partial(kind.rows, act, Wishes()))
    for job in (sweep, begin_handovers, forget):
        job(desk)


def _allowed(read: Callable[[], Any]) -> None:
    with suppress(GridappError):  # not for this role, or nothing there: an answer like another
        found = read()
        if inspect.isgenerator(found):
            list(found)

"""What every request passes first, with a front end or without: its deadlines, and who it is of."""

from collections.abc import Callable

from starlette.types import ASGIApp

from gridapp.guard.deadlines import with_deadlines
from gridapp.guard.visitors import knowing_visitors
from gridapp.settings import Settings


def front_door(settings: Settings) -> list[Callable[[ASGIApp], ASGIApp]]:
    """Give the outermost wrappers, inside out."""
    return [with_deadlines(), knowing_visitors(settings)]

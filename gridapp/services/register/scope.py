"""Tells where a list of the register is narrowed to: one grid with everything below, or all."""

from dataclasses import dataclass

from gridapp.domain.codes import display_name
from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand, open_grid


@dataclass(frozen=True)
class ScopeView:
    """A grid by its code; without a code it is the whole reach.

    Args:
        is_there: False when no such grid lies in reach; then nothing may be listed.
    """

    code: str = ""
    name: str = ""
    is_there: bool = True


def see_scope(act: Act, grid: str) -> ScopeView:
    """Name the grid of an address; one that is unknown or out of reach is told as not there.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
    """
    demand(act, Deed.SEE_REGISTER)
    if not grid:
        return ScopeView()
    try:
        row = open_grid(act, grid, Deed.SEE_REGISTER)
    except NotThereError:
        return ScopeView(is_there=False)
    return ScopeView(row.code, display_name(row.name))

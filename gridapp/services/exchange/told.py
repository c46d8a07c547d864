"""Makes the facts of a deed from a row, so that a wrong cell is named like any other."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from gridapp.services.exchange.cells import Cells
from gridapp.services.orders import Facts

Told = TypeVar("Told", bound=Facts)


def facts_told(
    cells: Cells, facts: type[Told], why: Mapping[str, str] | None = None, /, **told: Any
) -> Told:
    """Make the facts of a deed.

    Args:
        cells: The row, with a column of the same name as each fact that may be wrong.
        facts: What the deed asks for.
        why: What to say when a fact is wrong.
        told: The facts.

    Raises:
        CellError: A fact is none that the deed would take.
    """
    try:
        return facts(**told)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise cells.error(name, (why or {}).get(name, "写得不对")) from error

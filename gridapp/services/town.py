"""What kind of town this is: the facts of the installation."""

from typing import Final

from gridapp.services.desk import Act
from gridapp.tables import TownFact

DEMO_FACT: Final = "demo"


def is_demo(act: Act) -> bool:
    """Tell whether the database was filled by the demo, so that its passwords may be shown."""
    fact = act.session.get(TownFact, DEMO_FACT)
    return fact is not None and bool(fact.value)

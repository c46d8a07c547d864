"""The nine care colours: what each stands for, how often it is visited (九色)."""

from typing import Final

from sqlalchemy import func, select

from gridapp.domain.caring import COLOUR_FIELDS, EXAMPLE_COLOURS
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.field_models import facts_model
from gridapp.services.rules.table_deeds import changer
from gridapp.services.rules.tables import RuleTable, declare
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import CareColour

COLOURS: Final = declare(
    RuleTable(
        RuleKind.COLOUR, CareColour, COLOUR_FIELDS, keeper=Deed.CHANGE_COLOUR,
        unique=("hue", "shape", "word"),
    )
)  # fmt: skip
ColourFacts = facts_model(
    "ColourFacts", "What changes of a care colour, and from when.", COLOUR_FIELDS,
    retired=(bool | None, None), from_on=(Day | None, None),
)  # fmt: skip
change_colour = verb(Deed.CHANGE_COLOUR, ColourFacts)(changer(COLOURS))


def copy_colours(act: Act) -> None:
    """Copy the example colours into a town that has none, all marked as examples."""
    if act.session.execute(select(func.count()).select_from(CareColour)).scalar_one():
        return
    act.session.add_all(
        CareColour(
            code=each.code, hue=each.hue, shape=each.shape, word=each.word, meaning=each.meaning,
            interval_days=each.interval_days, triggers=list(each.triggers), position=position,
        )
        for position, each in enumerate(EXAMPLE_COLOURS)
    )  # fmt: skip
    act.session.flush()

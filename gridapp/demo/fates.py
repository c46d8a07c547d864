"""What is in store for a case: drawn once, before its story is told."""

from dataclasses import dataclass
from random import Random

from gridapp.domain.vocabulary import Outcome, Satisfaction


@dataclass(slots=True)
class Fate:
    """What will happen, as far as the story gets before the present; what has happened is off."""

    settled_at_once: bool = False
    settled_later: bool = False
    merge_into: str = ""
    declined: bool = False
    accepted_late: bool = False
    stays_in_grid: bool = False
    returns: int = 0
    adds_words: bool = False
    pauses: bool = False
    asks_extension: bool = False
    late: bool = False
    is_urged: bool = False
    is_supervised: bool = False
    is_redone: bool = False
    outcome: Outcome = Outcome.SOLVED
    is_rated: bool = False
    is_reopened: bool = False
    satisfaction: Satisfaction = Satisfaction.SATISFIED


def draw_fate(chance: Random, settled_ratio: float) -> Fate:
    """Draw a fate in the shares that streets publish: most in time, some late, few reworked."""
    roll = chance.random
    if roll() < settled_ratio:
        at_once = roll() < 0.72
        return _rated(Fate(settled_at_once=at_once, settled_later=not at_once), chance)
    late = roll() < 0.12
    fate = Fate(
        declined=roll() < 0.04,
        accepted_late=roll() < 0.06,
        stays_in_grid=roll() < 0.25,
        returns=chance.choices((0, 1, 2), (91, 7, 2))[0],
        adds_words=roll() < 0.06,
        pauses=roll() < 0.04,
        asks_extension=roll() < 0.05,
        late=late,
        is_urged=late and roll() < 0.6,
        is_supervised=late and roll() < 0.25,
        is_redone=roll() < 0.05,
        outcome=chance.choices(list(Outcome), (84, 11, 5))[0],
    )
    return _rated(fate, chance)


def _rated(fate: Fate, chance: Random) -> Fate:
    fate.is_rated = chance.random() < 0.42
    weights = (50, 30, 20) if fate.late else (76, 17, 7)
    fate.satisfaction = chance.choices(list(Satisfaction), weights)[0]
    unhappy = fate.satisfaction is Satisfaction.DISSATISFIED
    fate.is_reopened = fate.is_rated and unhappy and chance.random() < 0.4
    return fate

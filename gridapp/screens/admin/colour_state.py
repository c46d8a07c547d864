"""What the page of care colours and reasons to visit shows."""

from dataclasses import dataclass

import reflex as rx

from gridapp.domain.caring import HUE, SHAPE
from gridapp.domain.visiting import interval_words
from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.rulebook.colours import ColourView, list_colours
from gridapp.services.rulebook.visit_kinds import KindRowView, list_kind_rows


@dataclass(frozen=True)
class ColourRow:
    """A care colour as a cell shows it: colour, shape and word together."""

    code: str
    version: int
    hue: str
    shape: str
    sign: str
    looks: str
    word: str
    meaning: str
    interval_days: int
    context: str
    triggers: list[str]
    is_example: bool
    is_retired: bool
    ahead: int


@dataclass(frozen=True)
class KindRow:
    """A reason to visit as a cell shows it."""

    code: str
    version: int
    name: str
    interval_days: int
    interval: str
    is_example: bool
    is_retired: bool
    ahead: int


class ColoursState(SessionState):
    """The nine colours and the reasons to visit."""

    is_ready: bool = False
    colours: list[ColourRow] = []
    kinds: list[KindRow] = []
    said: str = ""

    @rx.event
    @allow(*RULE_KEEPERS)
    async def load(self) -> None:
        """Open the page."""
        await greet(self)
        self.said = ""
        await read_colours(self)


async def read_colours(page: ColoursState) -> None:
    """Read everything anew."""
    colours, kinds = await look(page, list_colours), await look(page, list_kind_rows)
    if colours is None or kinds is None:
        return
    page.colours = [_colour(view) for view in colours]
    page.kinds = [_kind(view) for view in kinds]
    page.is_ready = True


def _colour(view: ColourView) -> ColourRow:
    sign, shape = SHAPE[view.shape]
    musts = f"，必访：{'、'.join(view.triggers)}" if view.triggers else ""
    return ColourRow(
        code=view.code, version=view.version, hue=view.hue.value, shape=view.shape.value,
        sign=sign, looks=f"{HUE[view.hue]}色{shape}", word=view.word, meaning=view.meaning,
        interval_days=view.interval_days,
        context=f"{interval_words(view.interval_days)}走访{musts}",
        triggers=list(view.triggers), is_example=view.is_example, is_retired=view.is_retired,
        ahead=view.ahead_count,
    )  # fmt: skip


def _kind(view: KindRowView) -> KindRow:
    return KindRow(
        code=view.code, version=view.version, name=view.name, interval_days=view.interval_days,
        interval=f"{interval_words(view.interval_days)}走访", is_example=view.is_example,
        is_retired=view.is_retired, ahead=view.ahead_count,
    )  # fmt: skip

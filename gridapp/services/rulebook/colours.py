"""The nine care colours: what each stands for, how often it is visited (九色)."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.caring import EXAMPLE_COLOURS, TRIGGERS_MAX_COUNT, Hue, Shape
from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.visiting import INTERVAL_MAX_DAYS
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.book import the_book
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.times import Day
from gridapp.tables import CareColour

Trigger = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4)]
Meaning = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class ColourFacts(Facts):
    """What changes of a care colour, and from when."""

    hue: Hue | None = None
    shape: Shape | None = None
    word: Label | None = None
    meaning: Meaning | None = None
    interval_days: Annotated[int, Field(ge=0, le=INTERVAL_MAX_DAYS)] | None = None
    triggers: Annotated[list[Trigger], Field(max_length=TRIGGERS_MAX_COUNT)] | None = None
    retired: bool | None = None
    from_on: Day | None = None


@dataclass(frozen=True)
class ColourView:
    """A care colour with all that may be changed of it; ``interval_days`` 0 is when needed."""

    code: str
    version: int
    hue: Hue
    shape: Shape
    word: str
    meaning: str
    interval_days: int
    triggers: tuple[str, ...]
    is_example: bool
    is_retired: bool
    ahead_count: int


def change_colour(act: Act, order: Order, facts: ColourFacts) -> dict[str, Any]:
    """Change a care colour from a day on; two in use never share a colour or a shape.

    Raises:
        NotThereError: No such care colour.
        FactsError: The day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile, or another has this colour or shape.
    """
    demand(act, Deed.CHANGE_COLOUR)
    row = act.session.execute(
        select(CareColour).where(col(CareColour.code) == order.subject)
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    told = {
        name: value
        for name, value in facts.model_dump(mode="json", exclude={"from_on"}).items()
        if value is not None
    }
    _refuse_twin(act, row, facts)
    target = Target(RuleKind.COLOUR, row.code, _state_of(row))
    return change_rule(act, order, target, told, from_on=facts.from_on)


def _refuse_twin(act: Act, row: CareColour, facts: ColourFacts) -> None:
    others = select(col(CareColour.word)).where(
        col(CareColour.id) != row.id, col(CareColour.retired_at).is_(None)
    )
    # One that comes back into use must be told apart from those that came meanwhile.
    back = row if facts.retired is False else None
    for column, value, noun in (
        (col(CareColour.hue), facts.hue or (back and back.hue), "颜色"),
        (col(CareColour.shape), facts.shape or (back and back.shape), "形状"),
        (col(CareColour.word), facts.word or (back and back.word), "标签"),
    ):
        twin = value and act.session.execute(others.where(column == value)).scalars().first()
        if twin:
            raise ConflictError(f"「{twin}」已经用了这个{noun}，请换一个。")


def list_colours(act: Act) -> tuple[ColourView, ...]:
    """List the care colours, those out of use last.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_COLOUR)
    book = the_book(act)
    rows = act.session.execute(
        select(CareColour).order_by(
            col(CareColour.retired_at).is_not(None), col(CareColour.position)
        )
    ).scalars()
    return tuple(
        ColourView(
            code=row.code, version=book.version(RuleKind.COLOUR, row.code), hue=row.hue,
            shape=row.shape, word=row.word, meaning=row.meaning, interval_days=row.interval_days,
            triggers=tuple(row.triggers), is_example=row.is_example,
            is_retired=row.retired_at is not None,
            ahead_count=book.ahead(RuleKind.COLOUR, row.code, act.now),
        )
        for row in rows
    )  # fmt: skip


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


def _state_of(row: CareColour) -> dict[str, Any]:
    return {
        "hue": row.hue.value, "shape": row.shape.value, "word": row.word, "meaning": row.meaning,
        "interval_days": row.interval_days, "triggers": list(row.triggers),
        "retired": row.retired_at is not None,
    }  # fmt: skip

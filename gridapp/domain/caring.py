"""The nine care colours a new town starts with (九色): all examples, to be edited by the street.

Which households a colour stands for, how often they are visited and what makes a visit a must is
the street's own affair; nothing here is a duty that the program invents. Care groups are seen by
staff alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gridapp.domain.fields import Field, Line, OneOf, Several
from gridapp.domain.visiting import INTERVAL

TRIGGERS_MAX_COUNT: Final = 5


class Hue(StrEnum):
    """The nine colours a care colour may have (九色); which means what is the street's affair."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    CYAN = "cyan"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    GREY = "grey"


class Shape(StrEnum):
    """The shapes beside a care colour, so that it is never told by colour alone."""

    CIRCLE = "circle"
    RING = "ring"
    SQUARE = "square"
    FRAME = "frame"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    STAR = "star"
    HEXAGON = "hexagon"
    CROSS = "cross"


HUE: Final = {
    Hue.RED: "红",
    Hue.ORANGE: "橙",
    Hue.YELLOW: "黄",
    Hue.GREEN: "绿",
    Hue.CYAN: "青",
    Hue.BLUE: "蓝",
    Hue.PURPLE: "紫",
    Hue.PINK: "粉",
    Hue.GREY: "灰",
}

SHAPE: Final = {
    Shape.CIRCLE: ("●", "圆"),
    Shape.RING: ("○", "圆环"),
    Shape.SQUARE: ("■", "方块"),
    Shape.FRAME: ("□", "方框"),
    Shape.DIAMOND: ("◆", "菱形"),
    Shape.TRIANGLE: ("▲", "三角"),
    Shape.STAR: ("★", "五角星"),
    Shape.HEXAGON: ("⬢", "六边形"),
    Shape.CROSS: ("✚", "十字"),
}

COLOUR_FIELDS: Final = (
    Field("word", "标签", Line(4), needed=True),
    Field("meaning", "代表哪些家庭", Line(40), needed=True),
    Field("hue", "颜色", OneOf({hue: f"{word}色" for hue, word in HUE.items()}), needed=True),
    Field(
        "shape", "形状",
        OneOf({shape: " ".join(words) for shape, words in SHAPE.items()}), needed=True,
    ),
    INTERVAL,
    Field(
        "triggers", "必访情形", Several(TRIGGERS_MAX_COUNT, 20),
        help="遇到什么情形必访，用顿号分开。",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExampleColour:
    """One care colour.

    Args:
        code: Stable for machines, never shown.
        word: What stands beside the colour, because a colour is never alone.
        meaning: Whom it stands for.
        interval_days: How often they are visited; 0 is when there is a reason.
        triggers: What makes a visit a must (必访).
    """

    code: str
    hue: Hue
    shape: Shape
    word: str
    meaning: str
    interval_days: int
    triggers: tuple[str, ...]


_ILL, _LOSS, _HARM = "生病住院", "家有丧事", "突发困难"

EXAMPLE_COLOURS: Final = (
    ExampleColour("c1", Hue.RED, Shape.STAR, "党员", "党员家庭", 90, (_ILL,)),
    ExampleColour("c2", Hue.ORANGE, Shape.CIRCLE, "独居", "独居老人", 7, (_ILL, "联系不上")),
    ExampleColour("c3", Hue.YELLOW, Shape.TRIANGLE, "高龄", "八十岁以上老人", 15, (_ILL, _LOSS)),
    ExampleColour("c4", Hue.GREEN, Shape.HEXAGON, "志愿", "志愿者家庭", 90, ()),
    ExampleColour("c5", Hue.CYAN, Shape.RING, "儿童", "困境儿童家庭", 30, (_HARM,)),
    ExampleColour("c6", Hue.BLUE, Shape.SQUARE, "助残", "残疾人家庭", 30, (_ILL, _HARM)),
    ExampleColour("c7", Hue.PURPLE, Shape.DIAMOND, "优抚", "优抚对象家庭", 90, (_ILL, _LOSS)),
    ExampleColour("c8", Hue.PINK, Shape.CROSS, "新居", "新入住和租住家庭", 0, ("新入住",)),
    ExampleColour("c9", Hue.GREY, Shape.FRAME, "困难", "低保和低收入家庭", 30, (_HARM, _LOSS)),
)

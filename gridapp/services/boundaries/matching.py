"""Finds the grid of each shape in a file: by code, then by name, under the chosen grid."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gridapp.services.boundaries.columns import Columns, choose_columns, is_namelike
from gridapp.services.boundaries.directory import Directory, Target, fold
from gridapp.services.boundaries.files.feature import Feature

_LABEL_MAX_CHARACTERS: Final = 40


class How(StrEnum):
    """By what a shape's grid was found."""

    CODE = "code"
    NAME = "name"
    HAND = "hand"
    NOT = "not"


@dataclass(frozen=True)
class Match:
    """A shape and its grid.

    Args:
        label: What the file calls it.
        above: What the file says of the grid above, with the heading of that column.
        why: Why there is no grid.
    """

    feature: Feature
    label: str
    target: Target | None
    how: How
    why: str = ""
    above: str = ""


def match(
    features: Sequence[Feature], grids: Directory, by_hand: Mapping[int, str], column: str = ""
) -> list[Match]:
    """Match every shape, in the order of the file; several may name one grid.

    Args:
        features: The shapes of the file.
        grids: The grids to which they may belong.
        by_hand: Codes of grids by the number of the shape; an empty code leaves a shape out.
        column: In which a person said that names or codes stand; empty chooses by itself.
    """
    columns = choose_columns(features, grids, column)
    return [_match_one(feature, grids, columns, by_hand) for feature in features]


def _match_one(
    feature: Feature, grids: Directory, columns: Columns, by_hand: Mapping[int, str]
) -> Match:
    label, above = _label(feature, columns), _above(feature, columns)
    if feature.shape is None:
        return Match(feature, label, None, How.NOT, feature.problem, above)
    if feature.number in by_hand:
        target = grids.by_code(by_hand[feature.number])
        how = How.HAND if target else How.NOT
        return Match(feature, label, target, how, "" if target else "不导入", above)
    target, how, why = _find(feature, grids, columns)
    return Match(feature, label, target, how if target else How.NOT, why, above)


def _find(feature: Feature, grids: Directory, columns: Columns) -> tuple[Target | None, How, str]:
    told = feature.properties
    name, above = told.get(columns.name, ""), told.get(columns.above, "")
    coded = grids.by_code(told.get(columns.code, ""))
    if coded is not None:
        called = grids.named(name) if name else []
        if called and coded not in called and columns.name != columns.code:
            return None, How.NOT, f"编码是{coded.name}，名称却是{called[0].name}，请指定"
        return coded, How.CODE, ""
    found = grids.find(name, above)
    if found is not None:
        return found, How.NAME, ""
    if above and grids.named(name) and fold(above) in grids.everywhere:
        return None, How.NOT, f"{above}里没有找到{name}"
    return None, How.NOT, "没有找到对应的网格"


def _above(feature: Feature, columns: Columns) -> str:
    told = feature.properties.get(columns.above, "")[:_LABEL_MAX_CHARACTERS]
    return f"{columns.above}：{told}" if told else ""


def _label(feature: Feature, columns: Columns) -> str:
    told = feature.properties
    tests: tuple[Callable[[str], bool], ...] = (
        lambda key: key == (columns.chosen or columns.name),
        lambda key: is_namelike(key) and key != columns.above,
        lambda key: key != columns.above,
    )
    for test in tests:
        found = next((value for key, value in told.items() if value and test(key)), "")
        if found:
            return found[:_LABEL_MAX_CHARACTERS]
    return ""

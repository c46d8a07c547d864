"""Finds the grid of each shape in a file: by code, then by name, under the chosen grid."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import GridLevel
from gridapp.services.boundaries.files.feature import Feature
from gridapp.services.desk import Act
from gridapp.tables import Grid

_LABEL_MAX_CHARACTERS: Final = 40
_NAMELIKE: Final = ("名", "name", "title", "标题")


class How(StrEnum):
    """By what a shape's grid was found."""

    CODE = "code"
    NAME = "name"
    HAND = "hand"
    NOT = "not"


@dataclass(frozen=True)
class Target:
    """A grid to which a shape may belong."""

    grid_id: int
    code: str
    name: str
    level: GridLevel
    path: str


@dataclass(frozen=True)
class Match:
    """A shape and its grid; ``why`` says why there is none."""

    feature: Feature
    label: str
    target: Target | None
    how: How
    why: str = ""


def targets_under(act: Act, top: Grid) -> list[Target]:
    """List the grids under a grid, itself among them."""
    rows = act.session.execute(
        select(col(Grid.id), col(Grid.code), col(Grid.name), col(Grid.level), col(Grid.path))
        .where(col(Grid.path).startswith(top.path, autoescape=True), col(Grid.retired_at).is_(None))
        .order_by(col(Grid.code))
    ).all()
    return [Target(*row) for row in rows]


def match(
    features: Sequence[Feature], targets: Sequence[Target], by_hand: Mapping[int, str]
) -> list[Match]:
    """Match every shape; of two that name one grid the later one is left over.

    Args:
        features: The shapes of the file.
        targets: The grids to which they may belong.
        by_hand: Codes of grids by the number of the shape; an empty code leaves a shape out.
    """
    codes = {_fold(target.code): target for target in targets}
    names = _unique_names(targets)
    code_key = _best_key(features, codes)
    name_key = _best_key(features, names)
    taken: dict[int, int] = {}
    return [
        _match_one(feature, _Ways(codes, names, code_key, name_key, by_hand), taken)
        for feature in _by_hand_first(features, by_hand)
    ]


@dataclass(frozen=True)
class _Ways:
    codes: Mapping[str, Target]
    names: Mapping[str, Target]
    code_key: str
    name_key: str
    by_hand: Mapping[int, str]

    def find(self, feature: Feature) -> tuple[Target | None, How]:
        if feature.number in self.by_hand:
            return self.codes.get(_fold(self.by_hand[feature.number])), How.HAND
        told = feature.properties
        by_code = self.codes.get(_fold(told.get(self.code_key, "")))
        if by_code is not None:
            return by_code, How.CODE
        return self.names.get(_fold(told.get(self.name_key, ""))), How.NAME


def _by_hand_first(features: Sequence[Feature], by_hand: Mapping[int, str]) -> list[Feature]:
    return sorted(features, key=lambda one: (one.number not in by_hand, one.number))


def _match_one(feature: Feature, ways: _Ways, taken: dict[int, int]) -> Match:
    label = _label(feature, ways.name_key)
    if feature.shape is None:
        return Match(feature, label, None, How.NOT, feature.problem)
    target, how = ways.find(feature)
    if target is None:
        left_out = how is How.HAND
        return Match(feature, label, None, How.NOT, "不导入" if left_out else "没有找到对应的网格")
    other = taken.setdefault(target.grid_id, feature.number)
    if other != feature.number:
        why = f"{target.name}已对应第{other}个图形"
        return Match(feature, label, None, How.NOT, why)
    return Match(feature, label, target, how)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _unique_names(targets: Iterable[Target]) -> dict[str, Target]:
    """List the grids by name; a name that several bear tells nothing."""
    listed = list(targets)
    count = Counter(_fold(target.name) for target in listed)
    return {_fold(one.name): one for one in listed if count[_fold(one.name)] == 1}


def _best_key(features: Sequence[Feature], known: Mapping[str, Target]) -> str:
    """Find the column in which most values are known."""
    hits: Counter[str] = Counter()
    for feature in features:
        hits.update(key for key, value in feature.properties.items() if _fold(value) in known)
    return hits.most_common(1)[0][0] if hits else ""


def _label(feature: Feature, name_key: str) -> str:
    told = feature.properties
    tests: tuple[Callable[[str], bool], ...] = (
        lambda key: key == name_key,
        lambda key: any(sign in key.casefold() for sign in _NAMELIKE),
        lambda _key: True,
    )
    for test in tests:
        found = next((value for key, value in told.items() if value and test(key)), "")
        if found:
            return found[:_LABEL_MAX_CHARACTERS]
    return ""

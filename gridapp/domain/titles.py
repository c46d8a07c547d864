"""Titles that a street gives to posts: examples for each role, to be edited (职务名称)."""

from collections.abc import Mapping
from typing import Final

from gridapp.domain.vocabulary import Role

EXAMPLE_TITLES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.GRID_HEAD: ("第一网格长", "网格长", "副网格长"),
    Role.GRID_WORKER: ("专职网格员", "网格员", "网格专干", "专属网格员"),
    Role.VOLUNTEER: ("微网格长", "楼栋长", "单元长", "志愿者"),
    Role.UNIT_OFFICER: ("部门经办人", "社区民警", "市场监管员", "城管队员", "消防联络员"),
    Role.DISPATCHER: ("派单员", "值班长"),
    Role.VERIFIER: ("核查员",),
    Role.LEADER: ("街道分管领导", "街道主要领导"),
}

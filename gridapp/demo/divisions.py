"""The real names and codes under which the demo's areas stand."""

import csv
from importlib.resources import files
from typing import Final, NamedTuple

from gridapp.domain.codes import display_name


class Division(NamedTuple):
    """A division of the statistical code list."""

    code: str
    name: str


DISTRICT: Final = Division("310107", "普陀区")

# The first is the demo's home; source: the statistical division codes of 2023.
STREETS: Final = (
    Division("310107022", "真如镇街道"),
    Division("310107005", "曹杨新村街道"),
    Division("310107014", "长风新村街道"),
    Division("310107015", "长寿路街道"),
    Division("310107016", "甘泉路街道"),
    Division("310107017", "石泉路街道"),
    Division("310107020", "宜川路街道"),
    Division("310107021", "万里街道"),
    Division("310107102", "长征镇"),
    Division("310107103", "桃浦镇"),
)
_HOME_COMMUNITIES: Final = "data/communities_zhenru_310107022.csv"
_NUMERALS: Final = "一二三四五六七八九十"


def communities_of(street: Division, count: int) -> list[Division]:
    """List the first communities of a street: the real ones at home, numbered ones elsewhere."""
    if street == STREETS[0]:
        return _home_communities()[:count]
    root = street.name.removesuffix("街道").removesuffix("镇")
    return [
        Division(f"{street.code}{number:03d}", f"{root}第{numeral(number)}社区")
        for number in range(1, count + 1)
    ]


def _home_communities() -> list[Division]:
    text = files("gridapp.demo").joinpath(_HOME_COMMUNITIES).read_text("utf-8")
    return [
        Division(row["code12"], display_name(row["name"]))
        for row in csv.DictReader(text.splitlines())
    ]


def numeral(number: int) -> str:
    """Write 1 to 99 in Chinese: 三, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_NUMERALS[tens - 1]}十")
    return ten + (_NUMERALS[ones - 1] if ones else "")


def short_name(community: str) -> str:
    """Give the name under which a community's grids go: 真北新村第一社区 is 真北新村一居."""
    bare = community.removesuffix("社区")
    if len(bare) > 2 and bare[-2] == "第":
        return f"{bare[:-2]}{bare[-1]}居"
    return bare

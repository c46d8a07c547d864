"""The days that are holidays by law every year, known without the year's order.

Only those fixed in the solar calendar: 春节, 端午 and 中秋 follow the moon and come with the order.

Source: 《全国年节及纪念日放假办法》第二条, as amended in 2024.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

_FIXED: Final[Mapping[tuple[int, int], str]] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
_APRIL: Final = 4
_CENTURY: Final = 100
# 清明 of the years 2000–2099, by the usual formula of the solar terms (寿星通式).
_TERM_A_YEAR: Final = 0.2422
_QINGMING: Final = 4.81


def holiday_by_law(day: date) -> str:
    """Give the name of the holiday that a day is by law in every year, empty when it is none."""
    if day.month == _APRIL and day.day == _qingming(day.year):
        return "清明节"
    return _FIXED.get((day.month, day.day), "")


def _qingming(year: int) -> int:
    past = year % _CENTURY
    return int(past * _TERM_A_YEAR + _QINGMING) - past // 4

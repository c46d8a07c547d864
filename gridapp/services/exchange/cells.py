"""The cells of one row, read as numbers, moments, words; each refusal names the column."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from gridapp.domain.workcalendar import BEIJING
from gridapp.services.exchange.columns import Column
from gridapp.services.orders import clean_text

Word = TypeVar("Word", bound=StrEnum)

_MOMENT: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?(?:\.\d+)?)?分?)?",
    re.ASCII,
)
_YES: Final = frozenset({"1", "是", "√", "true", "yes", "y"})
_NO: Final = frozenset({"", "0", "否", "×", "false", "no", "n"})


class CellError(Exception):
    """A cell cannot be read; the reason is for the person who filled the table."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


class Cells:
    """One row: the texts of its cells by the column's name."""

    def __init__(self, texts: Mapping[str, str], columns: Mapping[str, Column]) -> None:
        self._texts = texts
        self._columns = columns

    def error(self, name: str, reason: str) -> CellError:
        """Give the refusal of a cell, under the column's heading."""
        return CellError(self._columns[name].header, reason)

    def has(self, name: str) -> bool:
        """Tell whether the table has this column at all."""
        return name in self._texts

    def text(self, name: str, longest: int, *, needed: bool = False) -> str:
        """Give a text, cleaned; empty when there is none.

        Raises:
            CellError: It is needed and missing, or too long.
        """
        text = clean_text(self._texts.get(name, "")).strip()
        if needed and not text:
            raise self.error(name, "不能为空")
        if len(text) > longest:
            raise self.error(name, f"超过{longest}个字")
        return text

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Give a whole number, None when the cell is empty.

        Raises:
            CellError: It is none, or out of bounds.
        """
        text = self.text(name, 40)
        if not text:
            return None
        if not re.fullmatch(r"[+-]?\d{1,12}", text, re.ASCII) or not least <= int(text) <= most:
            raise self.error(name, f"应为{least}到{most}的整数")
        return int(text)

    def number(self, name: str, least: float, most: float) -> float | None:
        """Give a number, None when the cell is empty.

        Raises:
            CellError: It is none, or out of bounds.
        """
        text = self.text(name, 40)
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise self.error(name, f"应为{least:g}到{most:g}的数")
        return number

    def moment(self, name: str) -> datetime | None:
        """Give a moment; without a zone it is Beijing time, without a time the day's beginning.

        Raises:
            CellError: It is none.
        """
        text = self.text(name, 60)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = self._written_moment(name, text)
        return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)

    def _written_moment(self, name: str, text: str) -> datetime:
        found = _MOMENT.fullmatch(text)
        wrong = self.error(name, "时间看不懂，请写成2026-11-22 10:30")
        if found is None:
            raise wrong
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            return datetime.combine(date(year, month, day), time(hour, minute, second))
        except ValueError as error:
            raise wrong from error

    def day(self, name: str) -> date | None:
        """Give a Beijing day, None when the cell is empty.

        Raises:
            CellError: It is none.
        """
        moment = self.moment(name)
        return moment.astimezone(BEIJING).date() if moment else None

    def yes(self, name: str) -> bool:
        """Tell whether 是 or 否 is written.

        Raises:
            CellError: Neither is.
        """
        text = self.text(name, 10).lower()
        if text not in _YES | _NO:
            raise self.error(name, "请写「是」或「否」")
        return text in _YES

    def word(self, name: str, labels: Mapping[Word, str]) -> Word | None:
        """Give a word of the vocabulary by its label or its code, None when the cell is empty.

        Raises:
            CellError: It is none of them.
        """
        text = "".join(self.text(name, 40).split())
        if not text:
            return None
        for word, label in labels.items():
            if text in {word.value, "".join(label.split())}:
                return word
        raise self.error(name, f"应为{'、'.join(labels.values())}之一")

"""The cells of one row, read as numbers, moments, words; each refusal names the column."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from gridapp.domain import timebounds as bounds
from gridapp.domain.privacy import mask_ids, normalise_phone, says_no_phone
from gridapp.domain.workcalendar import BEIJING
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.packed import UNCOMPUTED
from gridapp.services.exchange.signs import (
    as_typed,
    folded,
    is_day,
    one_line,
    strange_sign,
    unescaped,
)
from gridapp.services.orders import clean_text

Word = TypeVar("Word", bound=StrEnum)

_MOMENT: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?(?:\.\d+)?)?分?)?",
    re.ASCII,
)
_SHOWN: Final = 20  # characters of a wrong cell
_YES: Final = frozenset({"1", "是", "√", "true", "yes", "y"})
_NO: Final = frozenset({"", "0", "否", "×", "false", "no", "n"})
# A number too long for a spreadsheet, written with an exponent: its last digits are gone.
_EXPONENT: Final = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{2,3}", re.ASCII)
_FAULTS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
# A day as spreadsheets count it, from 1955 to 2099, with its time as a fraction.
_SERIAL: Final = re.compile(r"([2-6]\d{4}|7[0-2]\d{3})(?:\.(\d{1,12}))?", re.ASCII)
_SERIAL_START: Final = datetime(1899, 12, 30, tzinfo=BEIJING)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row changes in one column, as texts; ``column`` is its heading."""

    column: str
    before: str
    after: str


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
        self.differences: dict[str, Difference] = {}
        # Which rows of ours the names stand for: a name may mean another one tomorrow.
        self.meant: dict[str, int | str] = {}
        self._read_names: set[str] = set()
        self._left: list[str] = []

    def passes(self, *names: str) -> None:
        """Tell that columns need not be read: others say the same."""
        self._read_names |= set(names)

    def leaves(self, name: str, stored: object, told: object) -> None:
        """Tell that a cell says something else than what stands here, and that this stays so."""
        self._read_names.add(name)
        if stored != told:
            column = self._columns[name]
            here, there = (_said(value, column) for value in (stored, told))
            self._left.append(f"{column.header}不修改，系统里是{here}，表里是{there}")

    def adds(self, note: str) -> None:
        """Tell something else of the row that whoever imports must know."""
        self._left.append(note)

    def notes(self) -> tuple[str, ...]:
        """Tell what of the row does not come in: cells that differ, and columns nobody has read."""
        unread = [
            self._columns[name].header
            for name, text in self._texts.items()
            if text.strip() and name not in self._read_names
        ]
        return (*self._left, *([f"{'、'.join(unread)}不导入"] if unread else []))

    def error(self, name: str, reason: str) -> CellError:
        """Give the refusal of a cell, under the column's heading, with what stands there."""
        told = mask_ids(" ".join(self._texts.get(name, "").split()))
        shown = told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"
        beside = f"（填的是「{shown}」）" if told and told not in reason else ""
        return CellError(self._columns[name].header, f"{reason}{beside}")

    def has(self, name: str) -> bool:
        """Tell whether the table has this column at all."""
        return name in self._texts

    def differs(self, name: str, before: object, after: object) -> None:
        """Tell what the row changes in a column; a person's data goes masked into what is shown."""
        column = self._columns.get(name)
        if column is None:
            return
        old, new = ("" if value is None else str(value) for value in (before, after))
        if old == new:
            return
        old = column.mask(old) if column.mask else old
        self.differences[name] = Difference(column.header, old, new)

    def text(self, name: str, longest: int, *, needed: bool = False) -> str:
        """Give a text, cleaned, on one line unless it is prose; empty when there is none.

        Raises:
            CellError: It is needed and missing, too long, or no longer what was once typed.
        """
        column, text = self._columns[name], self._read(name)
        if not column.is_prose:
            text = as_typed(one_line(text))
            if is_day(text):
                why = f"变成了日期（{text}）；请把这一列设为文本格式，写成原来的样子，如1-2"
                raise self.error(name, why)
        if text and column.is_plain:
            text = folded(text)
        if needed and not text:
            raise self.error(name, "不能为空")
        if len(text) > longest:
            raise self.error(name, f"超过{longest}个字")
        return text

    def _read(self, name: str) -> str:
        """Give what stands in a cell, without what programs have left in it.

        Raises:
            CellError: What was once typed is lost.
        """
        self._read_names.add(name)
        text = clean_text(unescaped(self._texts.get(name, ""))).strip()
        if _EXPONENT.fullmatch(text):
            why = f"号码变成了{text}，后面的数字已经丢了；请把这一列设为文本格式，重新填写"
            raise self.error(name, why)
        if text in _FAULTS:
            raise self.error(name, f"公式出错（{text}），请改成文字")
        if text == UNCOMPUTED:
            why = "公式没有算出结果，请在WPS或Excel里打开、保存一次再上传，或者改成文字"
            raise self.error(name, why)
        if sign := strange_sign(text):
            why = f"有认不出的字（{ord(sign):X}），请重新输入，或者在原来的程序里另存为XLSX"
            raise self.error(name, why)
        return text

    def phone(self, name: str) -> str:
        """Give a phone number as digits; empty when there is none, or when 无 or 不详 says so.

        Raises:
            CellError: It is no number that can be rung; a lost nought is named.
        """
        typed = self.text(name, 64)
        if says_no_phone(typed):
            return ""
        number = normalise_phone(typed) if typed else ""
        if number is not None:
            return number
        why = "电话号码不对，请填手机号或带区号的座机，或者留空"
        if typed.isdigit() and normalise_phone(f"0{typed}"):
            why = "电话号码不对，区号前面的0好像丢了；请把这一列设为文本格式，重新填写"
        raise self.error(name, why)

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Give a whole number, None when the cell is empty.

        Raises:
            CellError: It is none, or out of bounds.
        """
        text = as_typed(folded(self.text(name, 40)))
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
        text = folded(self.text(name, 40))
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
            CellError: It is none, or out of bounds.
        """
        moment = self._moment(name)
        within = bounds.utc_within(moment) if moment else None
        if moment and within is None:
            raise self.error(
                name, f"时间应在{bounds.FIRST_MOMENT.year}年到{bounds.LAST_MOMENT.year}年之间"
            )
        return within

    def _moment(self, name: str) -> datetime | None:
        text = as_typed(one_line(self._read(name)))
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = self._written_moment(name, text)
        return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)

    def _written_moment(self, name: str, text: str) -> datetime:
        text = unicodedata.normalize("NFKC", text)
        if serial := _SERIAL.fullmatch(text):
            seconds = round(float(f"0.{serial[2] or 0}") * 86_400)
            return _SERIAL_START + timedelta(days=int(serial[1]), seconds=seconds)
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
            CellError: It is none, or out of bounds.
        """
        moment = self._moment(name)
        day = bounds.day_within(moment, BEIJING) if moment else None
        if moment and day is None:
            years = f"{bounds.FIRST_DAY.year}年到{bounds.LAST_DAY.year}年"
            raise self.error(name, f"日期应在{years}之间")
        return day

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


def _said(value: object, column: Column) -> str:
    """Say a value in short; a person's data goes masked."""
    if isinstance(value, bool):
        return "「是」" if value else "「否」"
    text = "" if value is None else str(value)
    text = column.mask(text) if column.mask else text
    return f"「{text}」" if text else "空的"

"""Tells in which encoding a CSV is written, or where it is broken; what is uncertain is refused.

GB18030 gives a meaning to nearly any bytes: so whoever reads a file that is no UTF-8 as GB18030
without another look brings nonsense into the register.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from gridapp.services.exchange.columns import TableRefusedError

_BLOCK_BYTES: Final = 1 << 20
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MEND: Final = "请在原来的程序里另存为UTF-8的CSV或XLSX，再上传。"
_UNKNOWN: Final = f"看不出文件的编码，{_MEND}"
_BIG5: Final = f"这个文件好像是繁体的Big5编码，{_MEND}"
# Of the signs of a Chinese table these many at least are among the 3,755 in common use.
_COMMON_RATIO: Final = 0.5
# What stands in any street's table, written either way: chance makes rare signs of it.
_USUAL: Final = frozenset(
    "号楼路弄街镇区社网格室幢栋单元层门市省县村园新家小大中东南西北一二三四五六七八九十百"
    "號樓鎮區網單層門縣園東棟棟間間房屋座楼上下左右前后後里外路巷道段庄苑城山水江河湖海"
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高罗張劉陳楊趙黃吳孫馬羅姓名电话電話手机機地址"
    "人口户戶主男女年月日时時备備注註自住出租空置老公司店商铺鋪超市餐饮飲药藥理发髮学學校"
    "医醫院幼儿兒居民党黨员員书書记記组組长長网站点點的是在有不了和与及无無其他联聯系系所"
)
_LOST: Final = "\ufffd"


def encoding_of(path: Path) -> str:
    """Tell a file's encoding: UTF-8, UTF-16 with its mark, or GB18030 with GBK in it.

    Raises:
        TableRefusedError: It is none of them from end to end; the line is named where one can be.
    """
    with path.open("rb") as file:
        start = file.read(3)
    if start.startswith(_MARKS):
        return _demand(path, "utf-16", f"文件开头说是UTF-16，后面却不是，{_MEND}")
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    _refuse_nearly_utf8(path, is_marked=start == codecs.BOM_UTF8)
    _refuse_broken_gbk(path)
    _refuse_nonsense(path)
    return "gb18030"


def _demand(path: Path, encoding: str, why: str) -> str:
    if not _decodes(path, encoding):
        raise TableRefusedError(why)
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


class _Broken(NamedTuple):
    """What a file is that is not quite in an encoding: where it breaks first, and how far it fits.

    Args:
        line: The first line that cannot be read, 0 for none.
        bad_count: Signs that cannot be read.
        good_bytes: By how many bytes the others are longer than they are many.
    """

    line: int
    bad_count: int
    good_bytes: int


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Give the lines: no encoding here has the byte of a line's end within a sign."""
    with path.open("rb") as file:
        number = 1
        while raw := file.readline(_BLOCK_BYTES):
            yield number, raw
            number += raw.endswith(b"\n")


def _look(path: Path, encoding: str) -> _Broken:
    first = bad = good = 0
    for number, raw in _lines(path):
        if raw.isascii():
            continue
        text = raw.decode(encoding, "replace")
        lost = text.count(_LOST)
        first = first or (number if lost else 0)
        bad += lost
        good += max(len(raw) - len(text), 0)
    return _Broken(first, bad, good)


def _refuse_nearly_utf8(path: Path, *, is_marked: bool) -> None:
    """Refuse what is UTF-8 but for some bytes: GBK makes about two such faults a sign."""
    found = _look(path, "utf-8")
    if is_marked or found.good_bytes > found.bad_count:
        raise TableRefusedError(f"第{found.line}行有读不出来的字，别处是UTF-8；{_MEND}")


def _refuse_broken_gbk(path: Path) -> None:
    found = _look(path, "gb18030")
    if not found.line:
        return
    if found.good_bytes > found.bad_count:
        raise TableRefusedError(f"第{found.line}行有一个字不完整，只剩一半；{_MEND}")
    raise TableRefusedError(_UNKNOWN)


def _refuse_nonsense(path: Path) -> None:
    """Refuse what GB18030 can read, and nobody: a traditional table, or another country's."""
    with path.open("rb") as file:
        sample = file.read(_BLOCK_BYTES)
    read = sample.decode("gb18030", "ignore")
    if traditional := _as_big5(sample):
        here, there = _usual_count(read), _usual_count(traditional)
        if here <= there or any("\ue000" <= sign <= "\uf8ff" for sign in read):
            raise TableRefusedError(_BIG5 if there else _UNKNOWN)
    if _common_ratio(read) < _COMMON_RATIO:
        raise TableRefusedError(_UNKNOWN)


def _common_ratio(text: str) -> float:
    """Give which part of the Chinese signs is in common use (GB 2312, first level)."""
    signs = [sign for sign in text if sign >= "\u3400" and not "\uff00" <= sign <= "\uffef"]
    common = sum(_is_common(sign.encode("gb2312", "ignore")) for sign in signs)
    return common / len(signs) if signs else 1.0


def _is_common(code: bytes) -> bool:
    return b"\xb0\xa1" <= code <= b"\xd7\xf9"


def _usual_count(text: str) -> int:
    return sum(sign in _USUAL for sign in text)


def _as_big5(sample: bytes) -> str:
    """Give bytes as Big5 reads them; empty when they are none from end to end."""
    decoder = codecs.getincrementaldecoder("big5")("strict")
    try:
        return decoder.decode(sample)
    except UnicodeDecodeError:
        return ""

"""What is checked of an XLSX before it is read, and where its cells are merged."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final, NamedTuple
from xml.parsers import expat

from openpyxl.utils.cell import range_boundaries

from gridapp.services.exchange.columns import TableRefusedError

_MOST_BYTES: Final = 300_000_000
# The one part that is held in memory as a whole: the texts that cells share.
_SHARED_MOST_BYTES: Final = 64_000_000
_SHARED: Final = "sharedstrings.xml"
_MOST_PARTS: Final = 2_000
_MOST_MERGES: Final = 50_000
_BLOCK_BYTES: Final = 1 << 18
_KEPT_BYTES: Final = 200
_MERGE: Final = re.compile(rb"mergeCell\s[^>]{0,60}?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_WORKBOOK: Final = "xl/workbook.xml"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_STRICT_NAMES: Final = b"http://purl.oclc.org/ooxml/"
_ODS: Final = "这是OpenDocument文件（.ods等），请在原来的程序里另存为.xlsx，再上传。"
_STRICT: Final = (
    "这是「Strict Open XML」表格，请在WPS或Excel里另存为普通的.xlsx（Excel工作簿），再上传。"
)
_TOO_LARGE: Final = "这个XLSX展开后太大，请改用CSV或分成几个文件。"
# What stands for a formula that no program has worked out; a text may be empty all the same.
UNCOMPUTED: Final = "#公式没有结果"
BROKEN: Final = "这个XLSX文件是坏的，请重新保存。"


class Merge(NamedTuple):
    """Merged cells: columns from 0, lines from 1, both ends within."""

    left: int
    top: int
    right: int
    bottom: int


def refuse_bomb(file: IO[bytes]) -> None:
    """Let a package pass that unfolds to a bearable size and holds no declarations of entities.

    Raises:
        TableRefusedError: It does not, or it is no spreadsheet at all.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _refuse_size(parts)
            _refuse_other(archive)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        _refuse_declarations(opened)
    except (TableRefusedError, MemoryError):
        raise
    except (zipfile.BadZipFile, OSError) as error:
        raise TableRefusedError("这不是XLSX文件。") from error
    except (
        Exception
    ) as error:  # a broken or packed-otherwise file raises anything; all mean the same
        raise TableRefusedError(BROKEN) from error


def _refuse_size(parts: Sequence[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    shared = sum(p.file_size for p in parts if p.filename.lower().endswith(_SHARED))
    if len(parts) > _MOST_PARTS or size > _MOST_BYTES or shared > _SHARED_MOST_BYTES:
        raise TableRefusedError(_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise TableRefusedError("这个文件加了密码，请去掉密码再上传。")


def _refuse_other(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "mimetype" in names and archive.read("mimetype").startswith(_OPEN_DOCUMENT):
        raise TableRefusedError(_ODS)
    if _WORKBOOK in names and _is_strict(archive):
        raise TableRefusedError(_STRICT)
    if "xl/workbook.bin" in names:
        raise TableRefusedError("这是.xlsb表格，请在WPS或Excel里另存为.xlsx，再上传。")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise TableRefusedError("这不是表格，请上传.xlsx或.csv文件。")


def _is_strict(archive: zipfile.ZipFile) -> bool:
    with archive.open(_WORKBOOK) as file:
        return _STRICT_NAMES in file.read(_BLOCK_BYTES)


class _DeclaredError(Exception):
    """The part has begun as it should, or as no spreadsheet does."""


class _BegunError(Exception):
    """The part has begun as it should, or as no spreadsheet does."""


def _refuse_declarations(file: IO[bytes]) -> None:
    """Read a part as far as its first element: a spreadsheet declares no document type."""
    parser = expat.ParserCreate()

    def declared(*_: Any) -> None:
        raise _DeclaredError

    def began(*_: Any) -> None:
        raise _BegunError

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = began
    try:
        while block := file.read(_BLOCK_BYTES):
            parser.Parse(block)
    except _BegunError:
        return
    except (_DeclaredError, expat.ExpatError) as error:
        raise TableRefusedError(BROKEN) from error


def merges_of(file: IO[bytes], part: str) -> list[Merge]:
    """List the merged cells of a sheet's part: found without holding the part in memory."""
    with zipfile.ZipFile(file) as archive, archive.open(part) as opened:
        merges = [_merge(found) for found in _found(opened)]
    return sorted(merges, key=lambda merge: merge.top)


def _found(file: IO[bytes]) -> Iterator[str]:
    kept, count = b"", 0
    while block := file.read(_BLOCK_BYTES):
        text = kept + block
        end = 0
        for match in _MERGE.finditer(text):
            end = match.end()
            count += 1
            if count > _MOST_MERGES:
                raise TableRefusedError("合并的单元格太多，请取消合并后再上传。")
            yield match[1].decode()
        kept = text[max(end, len(text) - _KEPT_BYTES) :]


def _merge(reference: str) -> Merge:
    left, top, right, bottom = (int(n or 0) for n in range_boundaries(reference))
    return Merge(left - 1, top, right - 1, bottom)

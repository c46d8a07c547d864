"""Opens a spreadsheet to be read, whatever its looks; what is no XLSX is named with the mend."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any, Final

from openpyxl import load_workbook

from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.packed import BROKEN, refuse_bomb

_STYLES: Final = "xl/styles.xml"
_STYLES_MOST_BYTES: Final = 16_000_000
_KEPT: Final = ("numFmts", "cellXfs")
# The least that a table of styles has: our cells look at the format of numbers only.
_PLAIN: Final = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b'
    b"<fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    b"<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>%b"
    b'<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@contextmanager
def opened_book(file: IO[bytes]) -> Iterator[Any]:
    """Open a spreadsheet; one whose looks or properties are broken is read without them.

    Raises:
        TableRefusedError: It cannot be read, or unfolds to more than we take.
    """
    refuse_bomb(file)
    file.seek(0)
    try:
        yield _loaded(file, BytesIO())  # whoever reads has no other file, and memory enough
    except (TableRefusedError, MemoryError):
        raise
    except Exception as error:  # a broken file makes the reader raise anything; all mean the same
        raise TableRefusedError(BROKEN) from error


def _loaded(file: IO[bytes], bare: IO[bytes]) -> Any:
    try:
        return load_workbook(file, read_only=True, data_only=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, a second look without the looks tells
        file.seek(0)
        _strip(file, bare)
        bare.seek(0)
        return load_workbook(bare, read_only=True, data_only=True)


def _strip(file: IO[bytes], bare: IO[bytes]) -> None:
    """Copy a spreadsheet without its properties, of its styles the formats of numbers alone."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename == _STYLES and part.file_size <= _STYLES_MOST_BYTES:
                new.writestr(_STYLES, _plain_styles(old.read(part)))
            elif not part.filename.startswith("docProps/") and part.filename != _STYLES:
                with old.open(part) as source, new.open(part.filename, "w") as target:
                    while block := source.read(1 << 18):
                        target.write(block)


def _plain_styles(styles: bytes) -> bytes:
    found = [re.search(rb"<%b[\s>].*?</%b>" % (n, n), styles, re.DOTALL)
             for n in (name.encode() for name in _KEPT)]  # fmt: skip
    formats, cells = (match[0] if match else b"" for match in found)
    cells = re.sub(rb'\s(?:fontId|fillId|borderId|xfId)="\d+"', b"", cells)
    return _PLAIN % (formats, cells)

"""Tells by its content what a file is; its name may say anything."""

import codecs
from enum import StrEnum
from pathlib import Path
from typing import Final

from gridapp.services.exchange.columns import TableRefusedError

_HEAD_BYTES: Final = 4_096
_OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_LOOK_FOR_BYTES: Final = 8 << 20
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM")
_PAGES: Final = (b"<html", b"<!doctype html", b"<table", b"<meta")
_EMPTY: Final = "文件是空的。"
_LOCKED: Final = "这个表格设了打开密码，请在WPS或Excel里去掉密码、另存为.xlsx，再上传。"
_OLD: Final = "这是旧版表格（.xls或.et），请在WPS或Excel里另存为.xlsx（有密码先去掉），再上传。"
_PAGE: Final = "这是网页，不是真正的表格。请在WPS或Excel里打开，另存为.xlsx，再上传。"
_ARCHIVE: Final = "这是网页归档（MHT），不是真正的表格。请在WPS或Excel里打开，另存为.xlsx，再上传。"
_XML: Final = "这是XML文件，不是表格。请在WPS或Excel里打开，另存为.xlsx，再上传。"
_PDF: Final = "这是PDF文件，读不出表格。请用原来的表格，另存为.xlsx，再上传。"
_PICTURE: Final = "这是图片，读不出表格。请用原来的表格，另存为.xlsx，再上传。"


class FileKind(StrEnum):
    """How a table's file is read."""

    CSV = "csv"
    XLSX = "xlsx"


def kind_of_file(path: Path) -> FileKind:
    """Tell how a file is read.

    Raises:
        TableRefusedError: It is no table that we read; the sentence names the mend.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise TableRefusedError(_EMPTY)
    if head.startswith(b"PK"):
        return FileKind.XLSX
    _refuse_others(path, head)
    return FileKind.CSV


def _refuse_others(path: Path, head: bytes) -> None:
    if head.startswith(_OLD_OFFICE):
        raise TableRefusedError(_LOCKED if _is_locked(path) else _OLD)
    if head.startswith(b"%PDF"):
        raise TableRefusedError(_PDF)
    if head.startswith(_PICTURES):
        raise TableRefusedError(_PICTURE)
    bare = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if bare.startswith(b"mime-version:"):
        raise TableRefusedError(_ARCHIVE)
    if bare.startswith(_PAGES):
        raise TableRefusedError(_PAGE)
    if bare.startswith(b"<?xml"):
        raise TableRefusedError(_PAGE if b"<html" in bare else _XML)
    if b"\0" in head and not head.startswith(_UTF16_MARKS):
        raise TableRefusedError("看不出文件的编码，请另存为UTF-8的CSV或XLSX。")


def _is_locked(path: Path) -> bool:
    """Tell whether an office container holds a package that a password opens."""
    with path.open("rb") as file:
        return _ENCRYPTED in file.read(_LOOK_FOR_BYTES)

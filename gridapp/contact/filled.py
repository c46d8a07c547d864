"""Reads a form that was sent: fields and files, with limits, whatever the client does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from gridapp.domain.errors import GridappError
from gridapp.services.orders import clean_text, uid_of
from gridapp.services.photos.clean import MOST_BYTES

# Nobody types it, PostgreSQL stores none, and where it stands it says nothing.
NO_LETTER: Final = "\0"
_FILES_MAX_COUNT: Final = 9
_FIELDS_MAX_COUNT: Final = 60
# One photo too many by far is still read, so that its refusal can keep what was typed.
_BODY_MAX_BYTES: Final = 4 * MOST_BYTES
_FIELD_MAX_BYTES: Final = 256 * 1024
_TAIL_BYTES: Final = 200
_FORM_TYPES: Final = ("multipart/form-data", "application/x-www-form-urlencoded")


class BadFormError(GridappError):
    """The body is no form, or breaks off."""

    code = "form.broken"
    sentence = "表单没有传完整，请返回再试一次。"
    status = 400


class FormTooLargeError(GridappError):
    """More came than any honest form holds."""

    code = "form.too_large"
    sentence = "照片加起来太大了，请返回减少几张，每张不超过12MB。"
    status = 413


@dataclass(frozen=True)
class Filled:
    """What came in a form: every field's values, every file's bytes; empty files left out."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[bytes]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Give the first value of a field, or nothing."""
        return next(iter(self.fields.get(name, [])), "")

    def uid(self, name: str = "uid") -> UUID:
        """Give the id that was made with the page, or a new one when it is none."""
        return uid_of(self.one(name))

    def every(self, name: str) -> list[str]:
        """Give all values of a field."""
        return self.fields.get(name, [])


async def read_form(request: Request) -> Filled:
    """Read a form to its end.

    Raises:
        BadFormError: Not a form, or broken.
        FormTooLargeError: Too many bytes, told before the rest is read.
    """
    if not request.headers.get("content-type", "").lower().startswith(_FORM_TYPES):
        raise BadFormError
    passing = _Counted(request)
    counted = Request(request.scope, passing.receive)
    try:
        async with counted.form(
            max_files=_FILES_MAX_COUNT,
            max_fields=_FIELDS_MAX_COUNT,
            max_part_size=_FIELD_MAX_BYTES,
        ) as form:
            fields: dict[str, list[str]] = {}
            files: dict[str, list[bytes]] = {}
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    fields.setdefault(name, []).append(clean_text(value.replace(NO_LETTER, "")))
                elif body := await value.read():
                    files.setdefault(name, []).append(body)
    except (HTTPException, MultiPartException, UnicodeDecodeError, ValueError) as error:
        raise BadFormError from error
    if not passing.is_whole:
        raise BadFormError
    return Filled(fields, files)


class _Counted:
    """Passes on what a client sends, up to the limit."""

    def __init__(self, request: Request) -> None:
        self._receive = request.receive
        self._byte_count = 0
        self._last = b""
        kind, _, boundary = request.headers["content-type"].partition("boundary=")
        self._end = (
            boundary.partition(";")[0].strip('" ').encode() + b"--"
            if "multipart" in kind.lower()
            else b""
        )

    @property
    def is_whole(self) -> bool:
        """Whether the form came to its end; the parser is content with what has come so far."""
        return self._end in self._last

    async def receive(self) -> Message:
        message = await self._receive()
        body = message.get("body", b"")
        self._byte_count += len(body)
        self._last = self._last[-_TAIL_BYTES:] + body[-_TAIL_BYTES:]
        if self._byte_count > _BODY_MAX_BYTES:
            raise FormTooLargeError
        return message

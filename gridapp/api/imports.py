"""``/imports/…``: a table's file comes in, its wrong rows go out, and the templates to fill."""

from pathlib import Path as FilePath
from typing import Annotated, Final
from uuid import UUID

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from gridapp.api.answers import receipt
from gridapp.api.downloads import hand_out
from gridapp.api.routes import reads, route, writes
from gridapp.api.who import staff
from gridapp.api.wire import UnreadableError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Actor, acting, looking, the_desk
from gridapp.services.exchange.template import write_template
from gridapp.services.exports.order import Format
from gridapp.services.imports.bring import bring_file, known_import
from gridapp.services.imports.files import FILE_MAX_BYTES, Arriving, ImportFiles, imports_in
from gridapp.services.imports.mend import write_bad_rows
from gridapp.services.imports.refusals import FileTooLargeError
from gridapp.services.permit import demand

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPE: Final = {Format.XLSX: _XLSX, Format.CSV: "text/csv; charset=utf-8"}
_LENGTH_DIGITS: Final = 18
_Kind = Annotated[str, Path(max_length=32)]


async def put_import(
    uid: UUID,
    request: Request,
    kind: Annotated[str, Query(max_length=32)],
    name: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Take a table's file in, to be looked at before anything is imported."""
    actor = await run_in_threadpool(_bringer, request)
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[-_LENGTH_DIGITS:]) > FILE_MAX_BYTES:
        raise FileTooLargeError(limit_bytes=FILE_MAX_BYTES)
    files = imports_in(the_desk().settings.data_dir)
    with files.arriving() as arriving:
        await _receive(request, arriving)
        if announced.isdigit() and int(announced[-_LENGTH_DIGITS:]) != arriving.byte_count:
            raise UnreadableError
        is_new = await run_in_threadpool(_keep, actor, uid, kind, name, files, arriving)
    return receipt({"receipt": str(uid)}, is_new=is_new)


def _bringer(request: Request) -> Actor:
    actor = staff(request)
    with looking(actor) as act:
        demand(act, Deed.IMPORT)
    return actor


async def _receive(request: Request, arriving: Arriving) -> None:
    """Write the body down as it comes, and no more of it than we take."""
    try:
        async for chunk in request.stream():
            if arriving.byte_count + len(chunk) > FILE_MAX_BYTES:
                raise FileTooLargeError(limit_bytes=FILE_MAX_BYTES)
            arriving.take(chunk)
    except ClientDisconnect as error:
        raise UnreadableError from error


def _keep(  # noqa: PLR0913, PLR0917 - whose file, under which id and name, and where it lies
    actor: Actor, uid: UUID, kind: str, name: str, files: ImportFiles, arriving: Arriving
) -> bool:
    sha256 = arriving.settle()
    with acting(actor) as act:
        if known_import(act, uid, sha256):
            return False
        bring_file(act, uid, kind, name, arriving.path, sha256)
        files.keep(uid, arriving.path)
    return True


def get_bad_rows(uid: UUID, request: Request, format: Format = Format.XLSX) -> Response:  # noqa: A002 - the query of an address
    """Hand out the wrong rows of an own file, the reason beside each."""

    def write(out: FilePath) -> str:
        with looking(staff(request)) as act:
            name = write_bad_rows(act, uid, out)
        return f"{FilePath(name).stem}-有问题的行.{format.value}"

    return hand_out(f"rows.{format.value}", _TYPE[format], write)


def get_template(kind: _Kind, request: Request) -> Response:
    """Hand out the template of a kind."""
    with looking(staff(request)) as act:
        demand(act, Deed.IMPORT)

    def write(out: FilePath) -> str:
        write_template(kind, out)
        return f"{kind}-模板.xlsx"

    return hand_out("template.xlsx", _XLSX, write)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", "/imports/{uid}", put_import, "上传导入文件", writes())
    said = reads(bytes, 401, 403, 404, 409)
    route(api, "GET", "/imports/{uid}/bad-rows", get_bad_rows, "取有问题的行", said)
    route(api, "GET", "/import-templates/{kind}", get_template, "取导入模板", said)

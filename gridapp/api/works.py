"""``/works/{uid}``: how far long work has come, and the file that came of it, for its asker."""

from typing import Annotated

from fastapi import FastAPI, Path, Request, Response
from fastapi.responses import FileResponse

from gridapp.api.answers import answer
from gridapp.api.routes import reads, route
from gridapp.api.who import staff
from gridapp.services.desk import looking, the_desk
from gridapp.services.works.files import works_in
from gridapp.services.works.views import WorkView, open_work_file, see_work

_Uid = Annotated[str, Path(max_length=36)]


def get_work(uid: _Uid, request: Request) -> Response:
    """Show a piece of own work."""
    with looking(staff(request)) as act:
        return answer(see_work(act, uid))


def get_work_file(uid: _Uid, request: Request) -> Response:
    """Hand out the file of a piece of own work."""
    files = works_in(the_desk().settings.data_dir)
    with looking(staff(request)) as act:
        file = open_work_file(act, uid, files)
    headers = {"cache-control": "no-store"}
    return FileResponse(file.path, headers=headers, media_type=file.media_type, filename=file.name)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/works/{uid}", get_work, "查看任务进度", reads(WorkView, 401, 403, 404))
    said = reads(bytes, 401, 403, 404)
    route(api, "GET", "/works/{uid}/file", get_work_file, "取任务的文件", said)

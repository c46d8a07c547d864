"""The yardstick of ``bench/intake.py``: bare Starlette, one insert, one durable commit."""

from uuid import UUID

from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.street import BARE
from gridapp.services.database.engine import open_engine
from gridapp.settings import load_settings


def bare() -> Starlette:
    """Make the app; granian calls it once."""
    engine = open_engine(load_settings().database_url).execution_options(writes=True)

    def write(uid: str, facts: dict[str, str]) -> None:
        with engine.begin() as connection:
            connection.execute(
                insert(BARE).values(uid=UUID(uid), at=facts["at"], text=facts["text"])
            )

    async def put(request: Request) -> JSONResponse:
        uid = request.path_params["uuid"]
        await run_in_threadpool(write, uid, await request.json())
        return JSONResponse({"receipt": uid}, 201)

    return Starlette(routes=[Route("/bare/{uuid}", put, methods=["PUT"])])

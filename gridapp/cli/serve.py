"""``gridapp serve``: UI, API and socket on one port."""

import os
import signal
import sys
from resource import RUSAGE_SELF, getrusage
from typing import Annotated

import typer
from rich.console import Console

from gridapp.cli.listening import (
    StartRefusedError,
    make_room_for_connections,
    refuse_taken_port,
)
from gridapp.cli.prepare import prepare
from gridapp.frontend.build import ensure_built
from gridapp.frontend.layout import PROJECT_ROOT, reflex_environment
from gridapp.settings import Settings, load_settings

WHOLE_APP = "gridapp.gridapp:app"
API_ALONE = "gridapp.doors:api_only"

# A worker that has not ended by then is killed: a hanging socket must not stop a restart.
_STOP_S = 10

# A connection that says nothing, or no whole request head, is closed after this.
_HEADERS_WITHIN_MS = 15_000
_BACKLOG_COUNT = 4_096

# A start with nothing to prepare needs some 90 MB.
_LARGE_KB = 110_000
_AFRESH = "GRIDAPP_BEGUN_AFRESH"

_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve", help="启动服务：页面、接口和推送共用一个端口。")(serve)


def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口。", min=1, max=65535)] = 3000,
    workers: Annotated[int, typer.Option(help="进程数，多于 1 需要 GRID_REDIS_URL。", min=1)] = 1,
    demo: Annotated[bool, typer.Option(help="数据库为空时填入演示街道。")] = False,
    api_only: Annotated[bool, typer.Option(help="只提供接口，不构建前端。")] = False,
) -> None:
    """Migrate, build the front end if stale, and serve until stopped."""
    os.chdir(PROJECT_ROOT)
    console = Console()
    settings = name_public_url(load_settings(), host, port)
    refuse_lonely_workers(settings, workers, api_only=api_only)
    refuse_taken_port(host, port)
    prepare(settings, demo=demo, say=console.print)
    if not api_only:
        ensure_built(console.print)
    begin_afresh_if_large()
    if not api_only:
        os.environ.update(serving_environment(settings, workers))
    connection_count = make_room_for_connections(console.print)
    refuse_taken_port(host, port)  # another one may have begun to listen meanwhile
    console.print(f"服务地址 {settings.public_url}（按 Ctrl+C 停止）", highlight=False)
    run_server(API_ALONE if api_only else WHOLE_APP, host, port, workers, connection_count)


def begin_afresh_if_large() -> None:
    """Start this very command again when preparing has made the process large, once.

    A first start seeds a town and compiles the front end; what that leaves in memory would stay
    for as long as the server runs, in each of its workers.
    """
    is_large = getrusage(RUSAGE_SELF).ru_maxrss > _LARGE_KB
    if is_large and _AFRESH not in os.environ:
        os.environ[_AFRESH] = "1"
        sys.stdout.flush()
        command = [sys.executable, "-m", "gridapp", *sys.argv[1:]]
        os.execv(sys.executable, command)  # noqa: S606 - our own command line, as it was


def name_public_url(settings: Settings, host: str, port: int) -> Settings:
    """Say where people come in, when the operator has not: sockets from elsewhere are refused."""
    if "public_url" in settings.model_fields_set:
        return settings
    seen = "127.0.0.1" if host in _EVERYWHERE else host
    url = f"http://{f'[{seen}]' if ':' in seen else seen}:{port}"
    os.environ["GRID_PUBLIC_URL"] = url  # for the workers, who read the settings themselves
    return settings.model_copy(update={"public_url": url})


def refuse_lonely_workers(settings: Settings, workers: int, *, api_only: bool) -> None:
    """Refuse several workers that could not see each other's states.

    Raises:
        StartRefusedError: More than one worker without Redis.
    """
    if workers > 1 and not settings.redis_url and not api_only:
        raise StartRefusedError(
            f"{workers} 个进程要共用页面状态：请设置 GRID_REDIS_URL（例如 redis://127.0.0.1:6379/0），"
            "或改用 --workers 1。"
        )


def serving_environment(settings: Settings, workers: int) -> dict[str, str]:
    """Tell Reflex to serve what was built, without compiling anything itself."""
    return reflex_environment(settings.redis_url, workers) | {"__REFLEX_SKIP_COMPILE": "true"}


def run_server(target: str, host: str, port: int, workers: int, connection_count: int) -> None:
    """Run granian until it is stopped; a worker that dies is started again.

    Args:
        target: The app, or what makes it.
        host: Where to listen.
        port: Likewise.
        workers: How many processes.
        connection_count: How many connections each may hold, idle ones among them.
    """
    # Imported here: the other commands need no server.
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415 - see above
    from granian.http import HTTP1Settings  # noqa: PLC0415 - see above
    from granian.log import LogLevels  # noqa: PLC0415 - see above
    from granian.server import Server  # noqa: PLC0415 - see above

    # A worker inherits granian's own handler, which would swallow a stop that comes while the
    # worker is still importing the app; without it such a worker simply ends.
    os.register_at_fork(after_in_child=_end_when_told)
    Server(
        target=target,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        # Nobody speaks HTTP/2 without TLS; to tell the two apart granian would wait for the first
        # bytes of a connection without any deadline.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADERS_WITHIN_MS),
        # What granian counts here are connections, not requests: its default of 1,024 lets a few
        # hundred browsers stop the server.
        backlog=_BACKLOG_COUNT,
        backpressure=connection_count,
        workers=workers,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_S,
        working_dir=PROJECT_ROOT,
    ).serve()


def _end_when_told() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)

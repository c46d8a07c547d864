"""``gridapp backup`` and ``gridapp restore``: the town in one file, and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gridapp.cli.progress import progress_bars
from gridapp.domain.workcalendar import BEIJING
from gridapp.services.database.engine import open_engine
from gridapp.services.file_store import FileStore
from gridapp.services.process import begin_process
from gridapp.services.store.backup import back_up
from gridapp.services.store.refusals import BackupPlaceError
from gridapp.services.store.restore import Place, restore
from gridapp.settings import load_settings

_HELP_BACKUP = (
    "把数据库和照片写进一个文件，服务不必停止。以.gz结尾即压缩。"
    "文件含居民信息，请妥善保管；不含密钥secret.key。"
)
_HELP_RESTORE = (
    "把备份放回空的数据目录或数据库，须先停止服务。先核对全部校验和，再改动数据。"
    "SQLite的备份只能恢复到SQLite，PostgreSQL的只能恢复到PostgreSQL。恢复后所有人须重新登录。"
)
_MB = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("backup", help=_HELP_BACKUP)(backup)
    app.command("restore", help=_HELP_RESTORE)(put_back)


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")]) -> None:
    """Back the town up, with progress."""
    console = Console()
    with _place() as place, progress_bars(console) as tell:
        made = back_up(place.engine, place.files, file, made_at=datetime.now(UTC), tell=tell)
    console.print(
        f"已备份到{file}：{made.row_count}行，照片文件{made.file_count}个，"
        f"共{made.byte_count / _MB:.1f}MB。",
        highlight=False,
        markup=False,
    )
    _tell_lost(console, made.lost_count)


def put_back(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")],
    *,
    force: Annotated[bool, typer.Option("--force", help="替换已有数据。")] = False,
) -> None:
    """Restore the town, with progress."""
    console = Console()
    with _place() as place, progress_bars(console) as tell:
        done = restore(place, file, now=datetime.now(UTC), tell=tell, force=force)
    console.print(
        f"已恢复{done.made_at.astimezone(BEIJING):%Y-%m-%d %H:%M}的备份："
        f"{done.row_count}行，照片文件{done.file_count}个。",
        highlight=False,
    )
    _tell_lost(console, done.lost_count)


@contextmanager
def _place() -> Iterator[Place]:
    settings = load_settings()
    begin_process(settings)
    engine = open_engine(settings.database_url)
    try:
        yield Place(engine, FileStore(settings.files_url), settings.data_dir)
    except OSError as error:
        raise BackupPlaceError(f"文件无法读写：{error.strerror}（{error.filename}）。") from error
    finally:
        engine.dispose()


def _tell_lost(console: Console, lost_count: int) -> None:
    if lost_count:
        console.print(
            f"注意：有{lost_count}个照片文件在备份时已丢失或损坏，不在备份中。",
            style="yellow",
            highlight=False,
        )

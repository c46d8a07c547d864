"""``gridapp demo``: fills an empty database with a street to show."""

from typing import Annotated

import typer
from rich.console import Console

from gridapp.cli.progress import progress_bars
from gridapp.demo.fill import DEFAULT_SEED, fill_demo
from gridapp.demo.people import KNOWN
from gridapp.demo.sizes import Size
from gridapp.services.desk import open_desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store.migrate import migrate
from gridapp.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo", help="在空数据库中填入演示数据。")(demo)


def demo(
    *,
    size: Annotated[Size, typer.Option(help="规模：村、社区、街道、区。")] = Size.COMMUNITY,
    seed: Annotated[int, typer.Option(help="随机种子，相同种子得到相同数据。")] = DEFAULT_SEED,
) -> None:
    """Fill an empty database, with progress."""
    console = Console()
    settings = load_settings()
    password = settings.demo_password
    desk = open_desk(settings)
    try:
        migrate(desk.engine)
        with desk.acting(SYSTEM) as act, progress_bars(console) as tell:
            filled = fill_demo(act, size, seed=seed, password=password, progress=tell)
    finally:
        desk.engine.dispose()
    console.print(
        f"已填入：楼栋{filled.building_count}栋，人员{filled.person_count}名，"
        f"事件{filled.case_count}件。",
        highlight=False,
    )
    console.print(f"演示账号：{'、'.join(KNOWN)}，密码：{password}", highlight=False)

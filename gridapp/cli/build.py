"""``gridapp build``: the front end, once, if its sources have changed."""

from typing import Annotated

import typer
from rich.console import Console

from gridapp.frontend.build import ensure_built
from gridapp.frontend.errors import BuildError


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("build", help="构建前端（内容未变则跳过）。")(build_frontend)


def build_frontend(
    *,
    relock: Annotated[bool, typer.Option(help="允许更新 reflex.lock 中的前端依赖。")] = False,
    force: Annotated[bool, typer.Option(help="内容未变也重新构建。")] = False,
) -> None:
    """Build the front end if it is stale."""
    console = Console()
    ensure_built(console.print, may_change_lock=relock, force=force)
    console.print("前端已是最新。")


__all__ = ["BuildError", "build_frontend", "register"]

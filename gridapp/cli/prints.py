"""``gridapp posters|cards|boards|badges``: files for the printing house, with progress."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gridapp.cli.progress import progress_bars
from gridapp.printing.shop import Ears, print_pdf
from gridapp.services.desk import open_desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.record import keep_record
from gridapp.services.prints.views import Layout, Paper, Sheet
from gridapp.services.store.migrate import migrate
from gridapp.settings import load_settings

Out = Annotated[Path, typer.Option("-o", "--out", metavar="FILE.pdf", help="写到哪个文件。")]
GridCode = Annotated[str, typer.Option("--grid", help="只打印这个街道、社区或网格；不写即全部。")]
Changed = Annotated[
    bool,
    typer.Option("--changed", help="只打印上次登记之后内容有变化的，如人员、职责、楼栋码。"),
]
NoRecord = Annotated[bool, typer.Option("--no-record", help="不登记为已张贴，例如试印。")]
LayoutWord = Annotated[Layout, typer.Option("--layout", help="standard标准，elder大字。")]
PaperWord = Annotated[Paper, typer.Option("--paper", help="纸张，a4或a3。")]
_MB = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("posters", help="打印每栋楼的二维码海报或楼道贴。")(posters)
    app.command("cards", help="打印每栋楼的网格联系卡，一页十张，带裁切线。")(cards)
    app.command("boards", help="打印每个网格的公示牌。")(boards)
    app.command("badges", help="打印网格人员的工作证。")(badges)


def posters(  # noqa: PLR0913 - the options of a command
    *,
    out: Out,
    grid: GridCode = "",
    paper: PaperWord = Paper.A4,
    layout: LayoutWord = Layout.STANDARD,
    stairwell: Annotated[bool, typer.Option("--stairwell", help="改印A5楼道贴。")] = False,
    changed: Changed = False,
    no_record: NoRecord = False,
) -> None:
    """Print a poster, or a stairwell sheet, for each building."""
    sheet = Sheet.STAIRWELL if stairwell else Sheet.POSTER
    _print(Wish(sheet, grid, "", changed, paper, layout), out, is_kept=not no_record)


def cards(
    *,
    out: Out,
    grid: GridCode = "",
    layout: LayoutWord = Layout.STANDARD,
    changed: Changed = False,
    no_record: NoRecord = False,
) -> None:
    """Print a sheet of ten contact cards for each building."""
    _print(Wish(Sheet.CARDS, grid, "", changed, layout=layout), out, is_kept=not no_record)


def boards(  # noqa: PLR0913 - the options of a command
    *,
    out: Out,
    grid: GridCode = "",
    paper: PaperWord = Paper.A4,
    layout: LayoutWord = Layout.STANDARD,
    changed: Changed = False,
    no_record: NoRecord = False,
) -> None:
    """Print a notice board for each grid."""
    _print(Wish(Sheet.BOARD, grid, "", changed, paper, layout), out, is_kept=not no_record)


def badges(
    *,
    out: Out,
    grid: GridCode = "",
    layout: LayoutWord = Layout.STANDARD,
    changed: Changed = False,
    no_record: NoRecord = False,
) -> None:
    """Print a badge for each person who answers for a grid."""
    _print(Wish(Sheet.BADGE, grid, "", changed, layout=layout), out, is_kept=not no_record)


def _print(wish: Wish, out: Path, *, is_kept: bool) -> None:
    if not out.parent.is_dir():
        raise typer.BadParameter(f"没有这个目录：{out.parent}")
    settings = load_settings()
    desk = open_desk(settings)
    console = Console()
    try:
        migrate(desk.engine)
        with desk.looking(SYSTEM) as act:
            batch = choose_pages(act, settings, wish)
        with progress_bars(console) as tell:
            count = print_pdf(batch, out, Ears(tell))
        # Recorded only once the file is whole; what it says is recorded, not what is true by now.
        if is_kept:
            with desk.acting(SYSTEM) as act:
                keep_record(act, batch, wish.grid)
    except OSError as error:
        raise typer.BadParameter(f"文件无法写入：{error.strerror}（{out}）。") from error
    finally:
        desk.engine.dispose()
    size = out.stat().st_size / _MB
    told = "，已登记为张贴" if is_kept else "，未登记"
    console.print(f"已打印{count}页{told}：{out}，{size:.1f}MB。", highlight=False, markup=False)

"""``gridapp import`` and ``gridapp export``: tables of a town, in and out."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import Source
from gridapp.services.desk import Actor, Desk, open_desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.imports import ImportReport, import_table, kind_of
from gridapp.services.exchange.kind import Twins, Wishes
from gridapp.services.exchange.plans import mapped_plan
from gridapp.services.founding import found_town
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.people.engage import person_id_of
from gridapp.services.store.migrate import migrate
from gridapp.settings import load_settings


class KindName(StrEnum):
    """The kinds of tables, as typed."""

    AREAS = "areas"
    BUILDINGS = "buildings"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    CASES = "cases"
    CONTACTS = "contacts"
    VISIT_KINDS = "visit-kinds"
    SHOPS = "shops"
    ENTERPRISES = "enterprises"
    PLACES = "places"
    RISK_CLASSES = "risk-classes"
    CATEGORIES = "categories"


_NOTED_MOST = 50
_OF_RESIDENTS = frozenset({KindName.CASES, KindName.CONTACTS})


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    kinds = "网格、楼栋、人员、户室、事件、联系户、商铺、企业、场所、事项分类等"
    app.command("import", help=f"从CSV或XLSX导入{kinds}。")(import_)
    app.command("export", help=f"导出{kinds}为CSV或XLSX。")(export)


@contextmanager
def _town() -> Iterator[Desk]:
    desk = open_desk(load_settings())
    try:
        migrate(desk.engine)
        yield desk
    finally:
        desk.engine.dispose()


def import_(  # noqa: PLR0913 - the words of a command
    kind: Annotated[KindName, typer.Argument(help="表的种类。")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV或XLSX文件。")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入。")] = False,
    grid: Annotated[str, typer.Option(help="没写网格的事件归到哪个网格；不写即街道。")] = "",
    source: Annotated[Source, typer.Option(help="没写来源的事件算哪种来源。")] = Source.HOTLINE,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="表里的列对应到哪一列，如 --map 楼号=name；可写多次，会记住。"),
    ] = None,
    twins: Annotated[
        Twins, typer.Option(help="可能已有的楼栋：ask逐行问，same都是同一栋，other都是另一栋。")
    ] = Twins.ASK,
    sheet: Annotated[str, typer.Option(help="哪个工作表；不写即第一个有所需各列的。")] = "",
) -> None:
    """Import a table; wrong rows are listed with their lines, and then nothing is kept."""
    console = Console()
    wishes = Wishes(grid=grid, source=source, twins=twins)
    with _town() as desk, desk.acting(SYSTEM) as act, _counter(console) as bar:
        found_town(act)
        plan = (
            mapped_plan(act, kind.value, kind_of(kind.value).columns, file, columns, sheet)
            if columns
            else None
        )
        task = bar.add_task("已读行数", done=0)
        report = import_table(
            act, kind.value, file, wishes,
            plan=plan, sheet=sheet, dry_run=dry_run,
            progress=lambda done: bar.update(task, done=done),
        )  # fmt: skip
    _tell(console, report, dry_run=dry_run)
    if report.bad_count:
        raise typer.Exit(code=1)


def _counter(console: Console) -> Progress:
    count = TextColumn("{task.fields[done]}")
    words = TextColumn("{task.description}")
    return Progress(SpinnerColumn(), words, count, TimeElapsedColumn(), console=console)


def _tell(console: Console, report: ImportReport, *, dry_run: bool) -> None:
    if report.bad_rows:
        table = Table("行", "列", "原因", title=f"{report.bad_count}行有问题，什么都没有写入")
        for bad in report.bad_rows:
            table.add_row(str(bad.line), bad.column, bad.reason)
        console.print(table, markup=False)
        return
    for noted in report.noted_rows[:_NOTED_MOST]:
        console.print(f"第{noted.line}行：{noted.reason}", highlight=False, markup=False)
    if len(report.noted_rows) > _NOTED_MOST:
        console.print(f"还有{len(report.noted_rows) - _NOTED_MOST}行也有不导入的内容。")
    head = "检查通过，未写入" if dry_run else "导入完成"
    console.print(
        f"{head}：共{report.row_count}行，新增{report.new_count}，"
        f"更新{report.changed_count}，未变{report.same_count}，不修改{report.kept_count}。",
        highlight=False,
    )


def export(
    kind: Annotated[KindName, typer.Argument(help="表的种类。")],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help="写到哪个文件，.csv或.xlsx。")],
    grid: Annotated[str, typer.Option(help="只导出这个网格及其下级。")] = "",
    as_login: Annotated[str, typer.Option("--as", help="以谁的权限导出；事件、联系户必填。")] = "",
    reveal: Annotated[str, typer.Option(help="显示反映人完整信息的原因，记入审计。")] = "",
) -> None:
    """Export a table; the operator sees no residents' data, so cases need somebody who may."""
    wishes = Wishes(grid=grid, reveal_reason=reveal)
    with _town() as desk:
        if kind in _OF_RESIDENTS and not as_login:
            raise NotAllowedError("表里有居民信息，请写明以谁的权限导出：--as 账号。")
        actor = _acting_as(desk, as_login)
        with desk.acting(actor) as act:
            count = export_table(act, kind.value, out, wishes)
    Console().print(f"已导出{count}行：{out}", highlight=False, markup=False)


def _acting_as(desk: Desk, login: str) -> Actor:
    if not login:
        return SYSTEM
    with desk.looking(SYSTEM) as act:
        return actor_of(act.session, person_id_of(act, login), act.now) or Actor()

"""``gridapp person``: the operator at the shell adds and disables people, resets passwords."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import Role
from gridapp.services.desk import Act, open_desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.engage import Place, engage_person, person_id_of
from gridapp.services.people.persons import NewPerson, disable_person
from gridapp.services.people.portraits import hide_face, show_face
from gridapp.services.people.resets import reset_password
from gridapp.services.store.migrate import migrate
from gridapp.settings import load_settings

_ROLES = [role for role in Role if role is not Role.RESIDENT]
_HELP_ROLE = f"岗位：{'、'.join(f'{role}（{ROLE[role]}）' for role in _ROLES)}。"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="维护人员。", no_args_is_help=True)
    group.command("add", help="增加人员，安排岗位，给出一次性密码。")(add)
    group.command("reset", help="重置密码，给出一次性密码。")(reset)
    group.command("disable", help="停用人员，立即结束其登录和岗位。")(disable)
    group.command("photo", help="在楼栋页上公示照片；--remove 撤下。")(photo)
    app.add_typer(group, name="person")


@contextmanager
def _at_the_desk() -> Iterator[Act]:
    desk = open_desk(load_settings())
    try:
        migrate(desk.engine)
        with desk.acting(SYSTEM) as act:
            yield act
    finally:
        desk.engine.dispose()


def _tell_password(login: str, password: str) -> None:
    console = Console()
    console.print(f"账号：{login}", highlight=False)
    console.print(f"一次性密码：{password}", highlight=False, markup=False)
    console.print("只显示这一次，首次登录须修改。", highlight=False)


def add(  # noqa: PLR0913 - a command has as many arguments as options
    login: Annotated[str, typer.Argument(help="账号：工号或简称。")],
    name: Annotated[str, typer.Argument(help="姓名。")],
    *,
    role: Annotated[Role, typer.Option(metavar="ROLE", help=_HELP_ROLE)],
    grid: Annotated[str, typer.Option(help="网格编码；不写即最上级。")] = "",
    grid_name: Annotated[
        str, typer.Option(help="还没有任何网格时，写街道名称，连同--grid里的街道编码一起建立。")
    ] = "",
    unit: Annotated[str, typer.Option(help="部门编码，部门经办人必填。")] = "",
    title: Annotated[str, typer.Option(help="职务，印在公示牌上。")] = "",
    accountable: Annotated[bool, typer.Option("--accountable", help="是该网格的责任人。")] = False,
    phone: Annotated[str, typer.Option(help="本人手机，可用来登录，不公示。")] = "",
    duty_phone: Annotated[str, typer.Option(help="值班电话，印在公示牌上。")] = "",
    from_on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="上岗日期；不写即今天。")
    ] = None,
) -> None:
    """Add a person with a post and print the one-time password."""
    first_day = from_on.date() if from_on else None
    place = Place(role, grid, grid_name, unit, title, accountable, first_day)
    with _at_the_desk() as act:
        engaged = engage_person(act, NewPerson(login, name, phone, duty_phone), place)
    _tell_password(login.strip().lower(), engaged.password)


def reset(
    login: Annotated[str, typer.Argument(help="账号。")],
    *,
    reason: Annotated[str, typer.Option(help="原因，记入审计，也告诉本人。")] = "",
) -> None:
    """Give a person a one-time password and print it."""
    with _at_the_desk() as act:
        password = reset_password(act, person_id_of(act, login), reason)
    _tell_password(login.strip().lower(), password)


def disable(
    login: Annotated[str, typer.Argument(help="账号。")],
    *,
    reason: Annotated[str, typer.Option(help="原因，记入审计。")] = "",
) -> None:
    """Disable a person."""
    with _at_the_desk() as act:
        disable_person(act, person_id_of(act, login), reason)
    Console().print(f"已停用：{login}", highlight=False)


def photo(
    login: Annotated[str, typer.Argument(help="账号。")],
    file: Annotated[Path | None, typer.Argument(help="照片文件，取正中的方形。")] = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="撤下照片。")] = False,
) -> None:
    """Show a person's photo on the pages of buildings, or take it off."""
    if (file is None) != remove:
        raise typer.BadParameter("请给出照片文件，或者写 --remove。")
    with _at_the_desk() as act:
        person_id = person_id_of(act, login)
        if file is None:
            hide_face(act, person_id)
        else:
            show_face(act, person_id, file.read_bytes())
    Console().print(f"{'已撤下照片' if remove else '已公示照片'}：{login}", highlight=False)

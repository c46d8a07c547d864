"""The operator fills a demo, takes tables in and out at the shell."""

import sys
from pathlib import Path

import pytest

from gridapp.cli import main
from gridapp.cli.prepare import prepare
from gridapp.services import desk as desks
from gridapp.settings import Settings

AREAS = (
    "网格编码,名称,层级,上级编码\n"
    "310107,普陀区,区,\n"
    "310107022,真如镇街道,街道,310107\n"
    "310107022001,南大街社区,社区,310107022\n"
    "310107022001001,第一网格,网格,310107022001\n"
)


class Shell:
    """Runs ``gridapp`` in a data folder of its own."""

    def __init__(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        """Give what it printed, without line breaks; its exit code must be this."""
        self._monkeypatch.setattr(sys, "argv", ["gridapp", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert (ended.value.code or 0) == code
        told = self._capsys.readouterr()
        return (told.out + told.err).replace("\n", "")

    def write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    monkeypatch.setenv("GRID_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GRID_DATABASE_URL", "")
    monkeypatch.setattr(desks, "_open", [])
    return Shell(tmp_path, monkeypatch, capsys)


def test_an_empty_town_is_filled_once(shell: Shell) -> None:
    assert "事件60件" in shell("demo", "--size", "hamlet")

    assert "只能填进空数据库" in shell("demo", "--size", "hamlet", code=2)


def test_tables_come_in_and_go_out(shell: Shell) -> None:
    areas = shell.write("areas.csv", AREAS)
    assert "检查通过，未写入：共4行，新增4" in shell("import", "areas", areas, "--dry-run")
    assert "导入完成：共4行，新增4" in shell("import", "areas", areas)

    out = shell.folder / "out.xlsx"
    assert "已导出4行" in shell("export", "areas", "-o", str(out))
    assert "未变4" in shell("import", "areas", str(out))


def test_wrong_rows_are_listed_with_their_lines(shell: Shell) -> None:
    told = shell("import", "areas", shell.write("a.csv", AREAS + "9,某处,公社,\n"), code=1)

    assert "1行有问题，什么都没有写入" in told
    assert all(word in told for word in ("5", "层级", "应为区、街道、社区、网格、微网格之一"))


def test_hotline_orders_come_in_and_cases_go_out_for_somebody(shell: Shell) -> None:
    shell("demo", "--size", "hamlet")
    orders = shell.write("o.csv", "工单编号,来电时间,内容\nH1,2026-01-05 09:00,路灯不亮\n")
    assert "新增1" in shell("import", "cases", orders)

    out = str(shell.folder / "cases.csv")
    assert "请写明以谁的权限导出" in shell("export", "cases", "-o", out, code=2)
    assert "已导出61行" in shell("export", "cases", "-o", out, "--as", "wang")


def test_a_demo_server_fills_an_empty_town_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key="k" * 32, _env_file=None)
    said: list[str] = []

    prepare(settings, demo=True, say=said.append)
    prepare(settings, demo=True, say=said.append)

    assert sum("正在填入演示数据" in words for words in said) == 1


def test_a_streets_own_columns_are_mapped_once_and_remembered(shell: Shell) -> None:
    shell("import", "areas", shell.write("areas.csv", AREAS))
    table = shell.write("own.csv", "俗称,片\n甲楼,310107022001001\n")

    assert "缺少" in shell("import", "buildings", table, code=2)
    told = ("--map", "俗称=name", "--map", "片=网格编码")
    assert "新增1" in shell("import", "buildings", table, *told)
    assert "未变1" in shell("import", "buildings", table)

"""The operator backs the town up at the shell, and puts it back into an empty folder."""

import sys
from pathlib import Path

import pytest

from gridapp.cli import main
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import report

pytestmark = pytest.mark.parametrize("town", ["sqlite"], indirect=True)


def _told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0
) -> str:
    """Run ``gridapp`` with these words and give what it printed, without line breaks."""
    monkeypatch.setattr(sys, "argv", ["gridapp", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code or 0) == code
    told = capsys.readouterr()
    return (told.err if code else told.out).replace("\n", "")


def _at(monkeypatch: pytest.MonkeyPatch, folder: Path, database: Path) -> None:
    monkeypatch.setenv("GRID_DATA_DIR", str(folder))
    monkeypatch.setenv("GRID_DATABASE_URL", f"sqlite:///{database}")


def test_a_town_goes_out_and_comes_back(
    own_desk: Desk,
    cast: Cast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(own_desk, cast)
    file, elsewhere = str(tmp_path / "town.tar.gz"), tmp_path / "elsewhere"
    _at(monkeypatch, tmp_path, tmp_path / "own.db")
    assert "已备份到" in _told(monkeypatch, capsys, "backup", file)
    _at(monkeypatch, elsewhere, elsewhere / "gridapp.db")
    assert "已恢复" in _told(monkeypatch, capsys, "restore", file)
    assert "请加--force" in _told(monkeypatch, capsys, "restore", file, code=2)
    assert "已恢复" in _told(monkeypatch, capsys, "restore", file, "--force")


def test_a_refusal_is_one_sentence(
    own_desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "letter.txt").write_text("您好" * 1000)
    _at(monkeypatch, tmp_path, Path(own_desk.engine.url.database or ""))
    told = _told(monkeypatch, capsys, "restore", str(tmp_path / "letter.txt"), code=2)
    assert told == "这不是本系统的备份文件。"

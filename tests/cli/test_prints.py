"""The operator prints a whole street at the shell, and only what has changed the next time."""

import sys
from pathlib import Path

import pytest

from gridapp.cli import main
from gridapp.services import desk as desks
from tests.printing.sheets import page_count

Told = tuple[int, str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRID_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GRID_DATABASE_URL", "")
    monkeypatch.setattr(desks, "_open", [])
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    monkeypatch.setattr(sys, "argv", ["gridapp", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), (told.out + told.err).replace("\n", "")


def test_posters_boards_and_cards_of_a_demo_are_printed_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, capsys, "demo", "--size", "hamlet")
    for command in ("posters", "boards", "cards", "badges"):
        out = folder / f"{command}.pdf"
        code, told = run(monkeypatch, capsys, command, "-o", str(out))
        assert (code, "已登记为张贴" in told, page_count(out) > 0) == (0, True, True)
        code, told = run(monkeypatch, capsys, command, "--changed", "-o", str(folder / "more.pdf"))
        assert (code, "没有可打印的内容" in told) == (2, True)


def test_a_trial_print_is_not_recorded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, capsys, "demo", "--size", "hamlet")
    out = str(folder / "out.pdf")
    assert "未登记" in run(monkeypatch, capsys, "posters", "--no-record", "-o", out)[1]
    assert run(monkeypatch, capsys, "posters", "--changed", "-o", out)[0] == 0


def test_a_street_that_nobody_can_reach_prints_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(monkeypatch, capsys, "posters", "-o", str(folder / "out.pdf"))
    assert (code, "GRID_PUBLIC_URL" in told) == (2, True)
    assert not (folder / "out.pdf").exists()


def test_a_folder_that_is_not_there_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(monkeypatch, capsys, "posters", "-o", str(folder / "no" / "out.pdf"))
    assert (code, "没有这个目录" in told) == (2, True)


def test_a_file_that_cannot_be_written_is_told_and_not_recorded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, capsys, "demo", "--size", "hamlet")
    (folder / "taken.pdf").mkdir()
    code, told = run(monkeypatch, capsys, "boards", "-o", str(folder / "taken.pdf"))
    assert (code, "文件无法写入" in told) == (2, True)
    assert run(monkeypatch, capsys, "boards", "--changed", "-o", str(folder / "out.pdf"))[0] == 0

"""What is written and logged is safe: files are the owner's alone, no word forges a log line."""

import logging
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from gridapp.services.process import SafeRecord, begin_process, escape_signs
from gridapp.settings import Settings

FORGED = "x\nCRITICAL forged\r\x1b[31m\u2028line"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A data directory as an earlier version left it: readable by everybody."""
    before, factory = os.umask(0o022), logging.getLogRecordFactory()
    for name in ("gridapp.db", "gridapp.db-wal", "files/aa/1.jpg", "imports/7/table", "works/3/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "notes.txt").write_text("the operator's own")
    yield Settings(data_dir=tmp_path)
    os.umask(before)
    logging.setLogRecordFactory(factory)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_stood_open_is_closed_and_nothing_else_is_touched(settings: Settings) -> None:
    begin_process(settings)
    home = settings.data_dir
    assert [mode(home / name) for name in ("files", "imports", "works")] == [0o700] * 3
    assert [mode(home / name) for name in ("gridapp.db", "gridapp.db-wal")] == [0o600] * 2
    assert mode(home / "notes.txt") == 0o644


def test_what_is_made_from_now_on_is_the_owners(settings: Settings) -> None:
    begin_process(settings)
    (settings.data_dir / "new").mkdir()
    (settings.data_dir / "new" / "file").write_text("x")
    assert (mode(settings.data_dir / "new"), mode(settings.data_dir / "new" / "file")) == (
        0o700,
        0o600,
    )


def written(log: str, *, fault: bool) -> list[str]:
    out = StringIO()
    handler = logging.StreamHandler(out)
    record = SafeRecord("a", logging.WARNING, "a.py", 1, "%s", (log,), None)
    if fault:
        error = ValueError(log)
        record = SafeRecord("a", logging.ERROR, "a.py", 1, "failed", (), (ValueError, error, None))
    handler.emit(record)
    return out.getvalue().rstrip("\n").split("\n")


def test_no_word_from_outside_begins_a_log_line_or_paints_the_terminal() -> None:
    assert written(FORGED, fault=False) == ["x\\nCRITICAL forged\\r\\x1b[31m\\u2028line"]


def test_a_traceback_has_a_bar_before_every_line() -> None:
    lines = written(FORGED, fault=True)
    assert lines[0] == "failed"
    assert all(line.startswith("| ") for line in lines[1:])
    assert "\x1b" not in "".join(lines)


def test_chinese_stays_readable() -> None:
    assert escape_signs("路灯不亮，ＡＢＣ") == "路灯不亮，ＡＢＣ"

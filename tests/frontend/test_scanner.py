"""The packaged QR decoder lies beside the pages under names that carry its version."""

import gzip
import json
from pathlib import Path

import pytest

from gridapp.frontend.errors import BuildError
from gridapp.frontend.scanner import (
    DETECTOR_PATH,
    LICENCES_PATH,
    READER_PATH,
    publish_scanner,
)


def packages(folder: Path, detector: str = "3.2.2") -> Path:
    """What npm installs, as far as it is copied."""
    files = {
        "barcode-detector/package.json": json.dumps({"version": detector}),
        "barcode-detector/LICENSE": "MIT of the detector",
        "barcode-detector/dist/iife/ponyfill.js": "var BarcodeDetectionAPI;",
        "zxing-wasm/package.json": json.dumps({"version": "3.1.3"}),
        "zxing-wasm/LICENSE": "MIT of the reader",
        "zxing-wasm/dist/reader/zxing_reader.wasm": "\0asm" * 100,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_both_files_are_served_with_their_licences(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_scanner(packages(tmp_path / "node_modules"), site)
    licences = (site / LICENCES_PATH.lstrip("/")).read_text(encoding="utf-8")
    assert (site / DETECTOR_PATH.lstrip("/")).is_file()
    assert "MIT of the detector" in licences
    assert "Apache-2.0" in licences


def test_the_reader_is_sent_squeezed_and_the_same_each_time(tmp_path: Path) -> None:
    found = packages(tmp_path / "node_modules")
    made = []
    for name in ("one", "two"):
        publish_scanner(found, tmp_path / name)
        made.append((tmp_path / name / f"{READER_PATH.lstrip('/')}.gz").read_bytes())
    assert made[0] == made[1]
    assert gzip.decompress(made[0]) == b"\0asm" * 100


def test_another_version_than_the_address_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="barcode-detector"):
        publish_scanner(packages(tmp_path / "node_modules", "3.3.0"), tmp_path / "site")

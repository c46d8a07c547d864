"""The QR decoder for phones whose browser has none: from the locked npm packages to our origin.

Field pages are no part of Reflex's bundle, so the two files are copied beside it under names that
carry their version: a phone keeps them for ever, and a new version is another address.
"""

import gzip
import json
import shutil
from pathlib import Path
from typing import Final

from gridapp.frontend.errors import BuildError

_DETECTOR: Final = ("barcode-detector", "3.2.2")
# The version that the detector pins: another one would not fit its glue.
_READER: Final = ("zxing-wasm", "3.1.3")
DETECTOR_PATH: Final = f"/assets/qr-detector-{_DETECTOR[1]}.js"
PACKAGE: Final = "@".join(_DETECTOR)
READER_PATH: Final = f"/assets/qr-reader-{_READER[1]}.wasm"
LICENCES_PATH: Final = "/assets/qr-licences.txt"

_SOURCES: Final = {
    DETECTOR_PATH: "barcode-detector/dist/iife/ponyfill.js",
    READER_PATH: "zxing-wasm/dist/reader/zxing_reader.wasm",
}


def publish_scanner(packages: Path, site: Path) -> None:
    """Copy the decoder and its licences out of the installed packages.

    Raises:
        BuildError: Another version is installed than the addresses say.
    """
    (site / "assets").mkdir(parents=True, exist_ok=True)
    for name, version in (_DETECTOR, _READER):
        found = json.loads((packages / name / "package.json").read_text(encoding="utf-8"))
        if found["version"] != version:
            raise BuildError(f"{name} 的版本应为 {version}，实际为 {found['version']}。")
    for path, source in _SOURCES.items():
        shutil.copyfile(packages / source, site / path.lstrip("/"))
    # Reflex compresses scripts and pages, and takes this for a picture.
    reader = site / READER_PATH.lstrip("/")
    squeezed = gzip.compress(reader.read_bytes(), compresslevel=9, mtime=0)
    reader.with_name(f"{reader.name}.gz").write_bytes(squeezed)
    (site / LICENCES_PATH.lstrip("/")).write_text(_licences(packages), encoding="utf-8")


def _licences(packages: Path) -> str:
    told = [
        f"{name} {version}\n\n{(packages / name / 'LICENSE').read_text(encoding='utf-8')}"
        for name, version in (_DETECTOR, _READER)
    ]
    return "\n".join([*told, "zxing-wasm holds zxing-cpp, Apache-2.0.\n"])

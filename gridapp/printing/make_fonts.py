"""Rebuilds the fonts that are printed with, from npm packages pinned by checksum.

``python -m gridapp.printing.make_fonts`` needs npm and fontTools (a development tool only); the
result is kept in ``gridapp/printing/fonts`` and printing needs neither. Noto Sans SC covers 30,000
characters; names also hold some that it lacks (𠮷, 鿼), which come from its sister fonts and from
LXGW WenKai. All are under the SIL Open Font License (``fonts/OFL.txt``).
"""

import hashlib
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

FOLDER: Final = Path(__file__).with_name("fonts")
# Package, version, and the SHA-256 of its file.
PACKAGES: Final = {
    "sc": (
        "@expo-google-fonts/noto-sans-sc",
        "0.4.3",
        "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    ),
    "jp": (
        "@expo-google-fonts/noto-sans-jp",
        "0.4.3",
        "563ee80509692e2b2f42ceae6a0b82afecb90daa1b3d025bcebdf3d9120f43a3",
    ),
    "hk": (
        "@expo-google-fonts/noto-sans-hk",
        "0.4.3",
        "250f41901a7f04a3501b25d06db2c5c5b78632f3a9dd0719ce5a797324a8aeb7",
    ),
    "kai": (
        "cn-fontsource-lxgw-wen-kai-gb-screen",
        "1.0.6",
        "ee8154471ec1911d4d8a259dedf8dbecc3a0e9a60b9528e43af578c3e41d9b41",
    ),
}
_POSTSCRIPT_NAME: Final = 6
_HAN: Final = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))


def fetch(name: str, into: Path) -> Path:
    """Fetch a package and unpack it; gives its folder.

    Raises:
        ValueError: It is not the file that was pinned.
    """
    package, version, digest = PACKAGES[name]
    folder = into / name
    folder.mkdir()
    packing = ["npm", "pack", f"{package}@{version}", "--silent"]
    subprocess.run(packing, cwd=folder, check=True)  # noqa: S603 - our own command
    (packed,) = folder.glob("*.tgz")
    found = hashlib.sha256(packed.read_bytes()).hexdigest()
    if found != digest:
        raise ValueError(f"{package}: {found} is not the pinned file")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _is_han(code: int) -> bool:
    return any(first <= code <= last for first, last in _HAN)


def rare_font(sources: Iterable[Path], covered: set[int], family: str, out: Path) -> set[int]:
    """Make a font of the Han characters that are not covered yet; gives which.

    Args:
        sources: Fonts of one design and size of em; the first that has a character gives it.
        covered: Characters that are not wanted.
        family: What the font is called.
        out: Where it is written.
    """
    from fontTools import merge  # noqa: PLC0415 - a development tool

    parts, taken = [], set(covered)
    for place, source in enumerate(sources):
        part = out.with_suffix(f".{place}.ttf")
        taken |= _part(source, taken, part)
        if part.exists():
            parts.append(str(part))
    font = merge.Merger().merge(parts)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            is_postscript = record.nameID == _POSTSCRIPT_NAME
            record.string = family.replace(" ", "") if is_postscript else family
    font.save(out)
    for made in parts:
        Path(made).unlink()
    return taken - covered


def _part(source: Path, taken: set[int], out: Path) -> set[int]:
    from fontTools import subset  # noqa: PLC0415 - a development tool
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a development tool

    font: Any = TTFont(source)
    wanted = {code for code in font.getBestCmap() or () if _is_han(code)} - taken
    if not wanted:
        return set()
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor = None
    font.save(out)
    return wanted


def main() -> None:
    """Rebuild all fonts."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a development tool

    with TemporaryDirectory() as name:
        folders = {kind: fetch(kind, Path(name)) for kind in PACKAGES}
        for weight, file in (("Regular", "400Regular"), ("Bold", "700Bold")):
            font = folders["sc"] / file / f"NotoSansSC_{file}.ttf"
            (FOLDER / f"NotoSansSC-{weight}.ttf").write_bytes(font.read_bytes())
        (FOLDER / "OFL.txt").write_bytes((folders["sc"] / "LICENSE_FONT").read_bytes())
        covered = set(TTFont(FOLDER / "NotoSansSC-Regular.ttf").getBestCmap())
        sisters = [
            folders[kind] / "400Regular" / f"NotoSans{kind.upper()}_400Regular.ttf"
            for kind in ("jp", "hk")
        ]
        rare, kai = FOLDER / "RareSans.ttf", FOLDER / "RareKai.ttf"
        covered |= rare_font(sisters, covered, "Gridapp Rare Sans", rare)
        rare_font(sorted(folders["kai"].glob("*.woff2")), covered, "Gridapp Rare Kai", kai)


if __name__ == "__main__":
    main()

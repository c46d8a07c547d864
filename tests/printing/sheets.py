"""Pages to print, and what is found on them again by programs that are not ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from gridapp.domain.codes import building_code
from gridapp.services import desk as desks
from gridapp.services.desk import Desk
from gridapp.services.prints.views import Face, Printable

LI = Face("李建国", "专职网格员", "021-52730101", "南大街第一网格", "巡查走访")
CHEN = Face("陈志强", "网格长", "13800138003", "南大街社区")
_SIGNS = "23456789ABCDEFGH"


def a_page(number: int = 1, **other: Any) -> Printable:
    code = building_code(f"ZRZ2{_SIGNS[number % 16]}{_SIGNS[number // 16 % 16]}2")
    told: dict[str, Any] = {
        "name": f"兰溪新村{number}号楼",
        "address": f"兰溪路{number}弄",
        "place": "真如镇街道 · 南大街社区 · 南大街第一网格",
        "url": f"HTTPS://GRID.EXAMPLE.CN/Q/{code}",
        "code": code,
        "faces": (LI, CHEN),
    }
    return Printable(**(told | other))


def text_of(pdf: Path, page: int = 0) -> str:
    """Read a page's text, without the spaces that a reader puts between scripts."""
    document = pdfium.PdfDocument(pdf)
    try:
        return "".join(document[page].get_textpage().get_text_range().split())
    finally:
        document.close()


def page_count(pdf: Path) -> int:
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def ink_within(png: bytes) -> bool:
    """Tell whether the outermost 2 % of a picture are white all round."""
    picture = Image.open(BytesIO(png)).convert("L")
    width, height = picture.size
    edge = width // 50
    frames = [(0, 0, width, edge), (0, height - edge, width, height),
              (0, 0, edge, height), (width - edge, 0, width, height)]  # fmt: skip
    return all(picture.crop(frame).getextrema()[0] == 255 for frame in frames)


@contextmanager
def public_at(desk: Desk, url: str) -> Iterator[Desk]:
    """Give the town an address that phones can reach."""
    public = replace(desk, settings=desk.settings.model_copy(update={"public_url": url}))
    desks.use_desk(public)
    yield public
    desks.use_desk(desk)

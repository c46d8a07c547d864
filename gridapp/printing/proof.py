"""Reads a batch back as a phone would: pages rendered by PDFium, codes read by ZXing.

Neither is the hand that set the page, so that a fault of ours cannot hide behind itself.
"""

from collections.abc import Sequence
from typing import Final

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

DPI: Final = 150
# A coarse picture is read faster, and is the harder test; a small code of a long address gets the
# finer one before it is called unreadable.
_COARSE_DPI: Final = 100
_POINTS_PER_INCH: Final = 72


class Fault(Exception):  # noqa: N818 - it is no refusal of its own: the shop makes one of it
    """A page does not hold what it should; ``page`` counts from 0."""

    def __init__(self, page: int, words: str) -> None:
        self.page = page
        self.words = words
        super().__init__(f"page {page}: {words}")


def picture_of(document: pdfium.PdfDocument, page: int, dpi: int = DPI) -> Image.Image:
    """Render a page in grey."""
    drawn = document[page].render(scale=dpi / _POINTS_PER_INCH, grayscale=True)
    picture: Image.Image = drawn.to_pil()
    return picture


def codes_in(picture: Image.Image) -> list[str]:
    """Read every QR code in a picture."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(picture, formats=formats)
    return [one.text for one in found]


def proof(pdf: bytes, urls: Sequence[str], codes_on_page: int) -> None:
    """Hold a file against what it should be: as many pages as addresses, each with its codes.

    Args:
        pdf: The file.
        urls: What the codes of each page hold.
        codes_on_page: How many codes a page has, all alike.

    Raises:
        Fault: A page is missing or too many, or a code does not read.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        if len(document) != len(urls):
            raise Fault(min(len(document), len(urls)), f"{len(document)} pages for {len(urls)}")
        for page, url in enumerate(urls):
            _demand_codes(document, page, [url] * codes_on_page)
    finally:
        document.close()


def _demand_codes(document: pdfium.PdfDocument, page: int, wanted: list[str]) -> None:
    read: list[str] = []
    for dpi in (_COARSE_DPI, DPI):
        read = codes_in(picture_of(document, page, dpi))
        if read == wanted:
            return
    raise Fault(page, f"read {len(read)} codes: {sorted(set(read))}")

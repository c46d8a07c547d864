"""``/print/…``: files for a printer near by, and a picture to look at before."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Annotated, Final

from fastapi import FastAPI, Query, Request, Response

from gridapp.api.routes import reads, route
from gridapp.api.who import staff
from gridapp.domain.errors import GridappError
from gridapp.printing.shop import print_pdf, print_png
from gridapp.services.desk import looking, the_desk
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.views import Batch, Layout, Paper, Sheet

# A few seconds of a process or two. What is larger is ordered as long work.
MOST_PAGES: Final = 250
_PREVIEW_PPI: Final = 96
_BUSY_AFTER_S: Final = 20
_Grid = Annotated[str, Query(max_length=32)]
_At = Annotated[str, Query(max_length=64)]
# Each press takes a quarter of a gigabyte for its few seconds: one at a time for a process.
_one_at_a_time = BoundedSemaphore(1)


class TooManyPagesError(GridappError):
    """More pages than a request may wait for; ``page_count`` and ``most`` tell how many."""

    code = "print.too_many"
    status = 422


class PressBusyError(GridappError):
    """Another file is being set."""

    code = "print.busy"
    sentence = "正在打印另一份，请过一会儿再试。"
    status = 503


@dataclass(frozen=True)
class _Asked:
    """How a file is wished for, whatever the sheet."""

    grid: str
    at: str
    changed: bool
    paper: Paper
    layout: Layout


def _batch(request: Request, sheet: Sheet, asked: _Asked) -> Batch:
    actor = staff(request)
    wish = Wish(sheet, asked.grid, asked.at, asked.changed, asked.paper, asked.layout)
    with looking(actor) as act:
        return choose_pages(act, the_desk().settings, wish)


def _pdf(request: Request, sheet: Sheet, asked: _Asked) -> Response:
    batch = _batch(request, sheet, asked)
    count = len(batch.pages)
    if count > MOST_PAGES:
        sentence = (
            f"一共{count}页，这个地址一次最多给{MOST_PAGES}页。请在“打印”页面上打印，"
            "或请管理员在服务器上用gridapp命令打印。"
        )
        raise TooManyPagesError(sentence, page_count=count, most=MOST_PAGES)
    with TemporaryDirectory() as name, _Turn():
        out = Path(name) / "out.pdf"
        print_pdf(batch, out)
        body = out.read_bytes()
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{sheet.value}.pdf"',
        # The deed print.make asks for it, so that only what this file says is recorded.
        "x-print-mark": batch.mark,
    }
    return Response(body, headers=headers, media_type="application/pdf")


class _Turn:
    """The turn at the press; whoever waits too long is told."""

    def __enter__(self) -> None:
        if not _one_at_a_time.acquire(timeout=_BUSY_AFTER_S):
            raise PressBusyError

    def __exit__(self, *_error: object) -> None:
        _one_at_a_time.release()


def get_posters(  # noqa: PLR0913, PLR0917 - the query of an address
    request: Request,
    grid: _Grid = "",
    at: _At = "",
    changed: bool = False,  # noqa: FBT001, FBT002 - the query of an address
    paper: Paper = Paper.A4,
    layout: Layout = Layout.STANDARD,
    stairwell: bool = False,  # noqa: FBT001, FBT002 - the query of an address
) -> Response:
    """Print the posters, or stairwell sheets, of buildings in reach."""
    sheet = Sheet.STAIRWELL if stairwell else Sheet.POSTER
    return _pdf(request, sheet, _Asked(grid, at, changed, paper, layout))


def get_cards(
    request: Request,
    grid: _Grid = "",
    at: _At = "",
    changed: bool = False,  # noqa: FBT001, FBT002 - the query of an address
    layout: Layout = Layout.STANDARD,
) -> Response:
    """Print the contact cards of buildings in reach, ten on a page."""
    return _pdf(request, Sheet.CARDS, _Asked(grid, at, changed, Paper.A4, layout))


def get_boards(  # noqa: PLR0913, PLR0917 - the query of an address
    request: Request,
    grid: _Grid = "",
    changed: bool = False,  # noqa: FBT001, FBT002 - the query of an address
    paper: Paper = Paper.A4,
    layout: Layout = Layout.STANDARD,
    badges: bool = False,  # noqa: FBT001, FBT002 - the query of an address
) -> Response:
    """Print the notice boards of grids in reach, or the badges of their people."""
    sheet = Sheet.BADGE if badges else Sheet.BOARD
    return _pdf(request, sheet, _Asked(grid, "", changed, paper, layout))


def get_preview(  # noqa: PLR0913, PLR0917 - the query of an address
    request: Request,
    grid: _Grid = "",
    at: _At = "",
    sheet: Sheet = Sheet.POSTER,
    paper: Paper = Paper.A4,
    layout: Layout = Layout.STANDARD,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    changed: bool = False,  # noqa: FBT001, FBT002 - the query of an address
) -> Response:
    """Draw one page of what would be printed, the first unless asked for another."""
    batch = _batch(request, sheet, _Asked(grid, at, changed, paper, layout))
    with _Turn():
        picture = print_png(replace(batch, pages=batch.pages[page - 1 : page]), _PREVIEW_PPI)
    return Response(picture, headers={"cache-control": "no-store"}, media_type="image/png")


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    said = reads(bytes, 401, 403, 404, 409, 422)
    route(api, "GET", "/print/posters.pdf", get_posters, "打印海报", said)
    route(api, "GET", "/print/cards.pdf", get_cards, "打印联系卡", said)
    route(api, "GET", "/print/boards.pdf", get_boards, "打印公示牌", said)
    route(api, "GET", "/print/poster.png", get_preview, "打印预览", said)

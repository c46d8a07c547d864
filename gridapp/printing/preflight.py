"""Looks a batch over before it is set: what would stop it, and what its readers would miss."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gridapp.printing.pages import texts_of
from gridapp.services.prints.glyphs import GlyphsMissingError, demand_glyphs
from gridapp.services.prints.views import Batch, Face, Layout, Sheet

_NAMED_MOST: Final = 3
_WITH_PHOTOS: Final = frozenset({Sheet.BOARD, Sheet.BADGE})
# As many people as a sheet has room for; drawn in ``templates/board.typ``.
_BOARD_MOST: Final = {Layout.STANDARD: 6, Layout.ELDER: 4}


@dataclass(frozen=True)
class Concern:
    """Something to mend first, or to know of; what ``stops`` is not printed as it is."""

    words: str
    stops: bool = False


def look_over(batch: Batch) -> tuple[Concern, ...]:
    """Give the concerns about a batch, the gravest first."""
    return (
        *_glyphs(batch),
        *_nobody(batch),
        *_phones(batch),
        *_photos(batch),
        *_crowded(batch),
    )


def _glyphs(batch: Batch) -> Iterator[Concern]:
    try:
        demand_glyphs(text for page in batch.pages for text in texts_of(page))
    except GlyphsMissingError as error:
        yield Concern(error.sentence, stops=True)


def _nobody(batch: Batch) -> Iterator[Concern]:
    empty = [page.name for page in batch.pages if not page.faces]
    if empty:
        yield Concern(f"{_some(empty, '处')}还没有网格员和网格长，这一栏会空着。")


def _phones(batch: Batch) -> Iterator[Concern]:
    silent = _people(batch, lambda face: not face.phone.strip())
    if silent:
        yield Concern(f"{_some(silent, '人')}没有值班电话，这一栏会空着。")


def _photos(batch: Batch) -> Iterator[Concern]:
    if batch.sheet not in _WITH_PHOTOS:
        return
    faceless = _people(batch, lambda face: not face.photo)
    if faceless:
        yield Concern(f"{_some(faceless, '人')}没有登记本人同意公示的照片，印姓氏代替。")


def _crowded(batch: Batch) -> Iterator[Concern]:
    most = _BOARD_MOST[batch.layout]
    crowded = [page.name for page in batch.pages if len(page.faces) > most]
    if batch.sheet is Sheet.BOARD and crowded:
        yield Concern(f"{_some(crowded, '处')}要公示的人多于{most}位，只印前{most}位。")


def _people(batch: Batch, is_meant: Callable[[Face], bool]) -> list[str]:
    found = {
        (face.name, face.grid): f"{face.name}（{face.grid}）"
        for page in batch.pages
        for face in page.faces
        if is_meant(face)
    }
    return list(found.values())


def _some(names: Iterable[str], measure: str) -> str:
    """Name the first and count them all: ``1号楼、2号楼等 12 处``."""
    told = list(names)
    first = "、".join(told[:_NAMED_MOST])
    return first if len(told) <= _NAMED_MOST else f"{first}等 {len(told)} {measure}"

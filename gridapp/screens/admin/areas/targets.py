"""Which grids a form offers: those beside it at first, any in reach when words are typed."""

from typing import Final

from gridapp.domain.areas import may_hang_under
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.services.areas.read import AreaView
from gridapp.services.areas.tree import AreaFilter, AreaRow, list_areas
from gridapp.services.desk import Act
from gridapp.ui.fields import Choice

_MOST: Final = 30
_BUILDINGS_IN: Final = (GridLevel.MICRO, GridLevel.GRID)


def list_targets(act: Act, view: AreaView, deed: str, q: str) -> list[Choice]:
    """List where a grid may go, what may be merged into it, or whom it may be paired with."""
    found: list[AreaRow] = []
    for level, kind in _wanted(view, deed):
        asked = AreaFilter(under=_near(view, deed, q), q=q, level=level, kind=kind, limit=_MOST)
        found += list_areas(act, asked).items
    own = {view.code, *([view.above[-1].code] if view.above and deed == Deed.MOVE_AREA else [])}
    if deed == Deed.REASSIGN:
        own |= {row.code for row in found if row.child_count}
    return [_choice(row) for row in found if row.code not in own][:_MOST]


def _wanted(view: AreaView, deed: str) -> list[tuple[GridLevel | None, GridKind | None]]:
    if deed == Deed.MOVE_AREA:
        fits = [level for level in GridLevel if may_hang_under(view.level, view.kind, level)]
        return [(level, None) for level in fits]
    if deed == Deed.REASSIGN:
        return [(level, None) for level in _BUILDINGS_IN]
    if deed == Deed.PAIR_AREAS:
        is_dedicated = view.kind is GridKind.DEDICATED
        residential = GridLevel.MICRO, GridKind.RESIDENTIAL
        return [residential if is_dedicated else (None, GridKind.DEDICATED)]
    return [(view.level, None)]


def _near(view: AreaView, deed: str, q: str) -> str:
    """Give the grid under which to look: with words typed, the whole reach."""
    if q or not view.above:
        return ""
    up = {Deed.MOVE_AREA: 2, Deed.PAIR_AREAS: 2}.get(Deed(deed), 1)
    if deed == Deed.PAIR_AREAS and view.level is not GridLevel.MICRO:
        up = 1
    return view.above[-min(up, len(view.above))].code


def _choice(row: AreaRow) -> Choice:
    parts = [row.code, f"{row.household_count}户" if row.household_count else ""]
    return Choice(row.code, f"{row.name}（{'，'.join(part for part in parts if part)}）")

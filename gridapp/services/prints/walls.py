"""What hangs on which wall (张贴情况): a page of places, each with what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gridapp.domain.clockwords import moment_words
from gridapp.services.desk import Act
from gridapp.services.prints.choose import Wish, choose_pages
from gridapp.services.prints.hanging import Printed, is_true, last_prints, subject_of, why_changed
from gridapp.services.prints.views import Batch, Printable
from gridapp.settings import Settings

WALLS_A_PAGE: Final = 20
ALL, TRUE, CHANGED, NEVER = "all", "true", "changed", "never"


@dataclass(frozen=True)
class WallView:
    """A place: what was printed for it last, and whether that is still true.

    Args:
        at: The building's code, or the grid's for what hangs for a whole grid.
        state: ``true``, ``changed`` or ``never``.
        why: Which parts are no longer true, as ``人员、电话``.
        hung_words: When this print was seen hanging; empty when nobody said so.
    """

    at: str
    name: str
    where: str
    state: str
    printed_words: str = ""
    why: str = ""
    hung_words: str = ""


@dataclass(frozen=True)
class WallsView:
    """A page of walls, and how many there are of each state among all that were asked for."""

    items: tuple[WallView, ...]
    count: int
    true_count: int
    changed_count: int
    never_count: int


def list_walls(
    act: Act, settings: Settings, wish: Wish, state: str = ALL, page: int = 0
) -> WallsView:
    """List what hangs on the walls of a wish.

    Raises:
        NotAllowedError: No role of the actor may print.
        NotThereError: The grid or building is unknown or out of reach.
        PublicUrlNeededError: The public address is still this machine's.
    """
    batch = choose_pages(act, settings, wish)
    last = last_prints(act, batch.sheet, [subject_of(batch.sheet, one) for one in batch.pages])
    states = [_state(one, last.get(subject_of(batch.sheet, one))) for one in batch.pages]
    kept = [one for one, its in zip(batch.pages, states, strict=True) if state in {ALL, its}]
    shown = kept[page * WALLS_A_PAGE : (page + 1) * WALLS_A_PAGE]
    return WallsView(
        tuple(_views(act, batch, shown, last)),
        len(kept),
        states.count(TRUE),
        states.count(CHANGED),
        states.count(NEVER),
    )


def _state(page: Printable, printed: Printed | None) -> str:
    if printed is None:
        return NEVER
    return TRUE if is_true(page, printed) else CHANGED


def _views(
    act: Act, batch: Batch, pages: Iterable[Printable], last: dict[str, Printed]
) -> Iterable[WallView]:
    for page in pages:
        printed = last.get(subject_of(batch.sheet, page))
        where = " · ".join(part for part in (page.address, page.place.rpartition(" · ")[2]) if part)
        at = page.code or page.grid_code
        state = _state(page, printed)
        if printed is None:
            yield WallView(at, page.name, where, state)
            continue
        hung = printed.hung_at
        yield WallView(
            at, page.name, where, state,
            printed_words=moment_words(act.now, printed.printed_at),
            why=why_changed(page, printed),
            hung_words=moment_words(act.now, hung) if hung else "",
        )  # fmt: skip

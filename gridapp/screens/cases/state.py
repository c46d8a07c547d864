"""The state of one case on a page: what it shows, and the deed that is being done on it."""

import reflex as rx

from gridapp.guard.allow import allow
from gridapp.screens.cases.deeds import (
    DeedButton,
    main_and_more,
)
from gridapp.screens.cases.shown import (
    ShownCase,
    five_step_rows,
    photo_rows,
    shown_case,
    step_rows,
)
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import greet
from gridapp.screens.who import CASE_READERS
from gridapp.services.cases.read import see_case
from gridapp.ui.story import FiveStepRow, PhotoRow, StepRow


class CaseState(SessionState):
    """One case, and what may be done on it. ``shown`` is empty until it has been read."""

    case: ShownCase = ShownCase()
    shown: bool = False
    missing: bool = False
    steps: list[StepRow] = []
    five_steps: list[FiveStepRow] = []
    photos: list[PhotoRow] = []
    main: list[DeedButton] = []
    more: list[DeedButton] = []
    said: str = ""
    photo: str = ""
    photo_label: str = ""
    revealed: str = ""
    revealed_phone: str = ""

    @rx.event
    @allow(*CASE_READERS)
    async def load(self) -> None:
        """Open the case that the address names."""
        await greet(self)
        await open_addressed(self)

    @rx.event
    @allow(*CASE_READERS)
    async def open_photo(self, sha256: str, label: str) -> None:
        """Show one photo large."""
        if any(photo.sha256 == sha256 for photo in self.photos):
            self.photo, self.photo_label = f"/api/v1/photos/{sha256}", label[:20]

    @rx.event
    @allow(*CASE_READERS)
    async def close_photo(self) -> None:
        """Put the photo away."""
        self.photo = ""


async def open_addressed(page: CaseState) -> None:
    """Open the case that the address names, with nothing left of what lay over the last one."""
    no = page.router.url.query_parameters.get("no", "")
    if no != page.case.no:
        page.shown = False
    page.said = page.photo = page.revealed = page.revealed_phone = ""
    await show_case(page, no)


async def show_case(page: CaseState, no: str) -> None:
    """Read a case and put it on the page."""
    view = await look(page, see_case, no)
    page.shown, page.missing = view is not None, view is None
    if view is None:
        page.case = ShownCase()
        return
    page.case = shown_case(view)
    page.steps = step_rows(view.steps)
    page.five_steps = five_step_rows(view)
    page.photos = photo_rows(view.photos)
    page.main, page.more = main_and_more(no, view.buttons, _came_from(page))


def _came_from(page: CaseState) -> str:
    """Tell at which page the case was opened: the desk's list, or the day's tasks."""
    return "desk" if page.router.url.path.startswith("/desk") else ""

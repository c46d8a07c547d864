"""A worker's own notes, and the way from a note to a case."""

from dataclasses import dataclass

import reflex as rx

from gridapp.guard.allow import allow
from gridapp.screens.session import SessionState, look
from gridapp.screens.staff import PRODUCT, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import NOTE_WRITERS
from gridapp.services.notes.mine import NoteView, list_notes
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.links import whole_page_link
from gridapp.ui.offline import INSTALLABLE, field_shell
from gridapp.ui.visit_cells import photo_links

_TITLE = "随手记"


@dataclass(frozen=True)
class NoteRow:
    """What the list shows of a note."""

    id: str
    text: str
    context: str
    case_no: str
    photos: list[str]


def note_row(note: NoteView) -> NoteRow:
    """Take from a note what the list shows."""
    context = f"{note.place} · {note.at_words}"
    return NoteRow(note.id, note.text, context, note.case_no, list(note.photos))


class NotesState(SessionState):
    """The own notes, page by page."""

    is_ready: bool = False
    rows: list[NoteRow] = []
    has_next: bool = False
    _next: str = ""

    @rx.event
    @allow(*NOTE_WRITERS)
    async def load(self) -> None:
        """List the newest notes."""
        await greet(self)
        await _read(self, "")

    @rx.event
    @allow(*NOTE_WRITERS)
    async def earlier(self) -> None:
        """List the notes before."""
        if self.has_next:
            await _read(self, self._next)


async def _read(page: NotesState, after: str) -> None:
    found = await look(page, list_notes, after)
    if found is None:
        return
    page.rows = [note_row(note) for note in found.items]
    page._next, page.has_next = found.next, bool(found.next)  # noqa: SLF001 - its own
    page.is_ready = True


def _note(row: NoteRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.text, class_name="kept-lines"),
        rx.el.p(row.context, class_name="quiet small"),
        rx.cond(
            row.photos.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.div(photo_links(row.photos, "随手记照片"), class_name="shots"),
        ),
        rx.cond(
            row.case_no != "",
            rx.el.a(
                f"已转为事件 {row.case_no}",
                href=f"/worker/case?no={row.case_no}",
                class_name="way-to",
            ),
            whole_page_link(
                "转为事件", href=f"/field/promote?note={row.id}", class_name="button short"
            ),
        ),
        key=row.id,
        class_name="card",
    )


def _notes() -> rx.Component:
    return rx.fragment(
        notice_bar(),
        rx.cond(
            NotesState.rows.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(NotesState.rows, _note), aria_label=_TITLE, class_name="stack plain"
            ),
            empty("还没有随手记", "走在路上看到什么，先记下来，以后可以转成事件。"),
        ),
        rx.cond(
            NotesState.has_next,
            rx.el.button(
                "更早的", type="button", on_click=NotesState.earlier, class_name="button plain"
            ),
        ),
    )


@rx.page(
    route="/worker/notes", title=f"{_TITLE} · {PRODUCT}", meta=INSTALLABLE, on_load=NotesState.load
)
def notes() -> rx.Component:
    """Show one's own notes."""
    return staff_frame(
        entered(_notes, is_ready=NotesState.is_ready),
        head=top_bar(_TITLE, back="/worker"),
        shell=field_shell(),
        tabs=staff_tabs("/worker"),
        bottom=whole_page_link("记一条", href="/field/note", class_name="button primary"),
    )

"""A case as a cell of a list: one line of meaning, one of context, and how it stands."""

from dataclasses import dataclass

import reflex as rx

from gridapp.services.cases.views import CaseCard
from gridapp.ui.marks import colour_badge, due_mark, word_badge


@dataclass(frozen=True)
class CaseRow:
    """What a list shows of a case; nothing but words, because all of it goes to the browser."""

    no: str
    headline: str
    place: str
    category: str
    reported: str
    status: str
    colour: str
    shape: str
    colour_word: str
    due_state: str
    due_words: str
    urgency: str
    flags: str
    thumb: str


def case_row(card: CaseCard) -> CaseRow:
    """Take from a card what a list shows."""
    return CaseRow(
        no=card.no,
        headline=card.headline,
        place=card.place,
        category=card.category,
        reported=_without_weekday(card.reported_words),
        status=card.status_label,
        colour=card.colour,
        shape=card.colour_shape,
        colour_word=card.colour_label,
        due_state=card.due_state,
        due_words=card.due_words,
        urgency=card.urgency_label if card.urgency in {"critical", "urgent"} else "",
        flags=" · ".join(card.flags),
        thumb=f"/api/v1/photos/{card.thumb}?size=thumb" if card.thumb else "",
    )


def _without_weekday(words: str) -> str:
    """Shorten a moment for a list: 11月22日 周日 14:05 becomes 11月22日 14:05."""
    return " ".join(part for part in words.split() if not part.startswith("周"))


def case_cell(row: CaseRow, address: str, open_no: str = "") -> rx.Component:
    """Show a case as a cell that leads to it.

    Args:
        row: The case.
        address: The page that shows one case, to which the number is added.
        open_no: The case that is open beside the list.
    """
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.headline, class_name="cell-meaning"),
                rx.el.span(
                    rx.el.span(row.place),
                    rx.el.span(row.category, class_name="no-break"),
                    rx.el.span(row.reported, class_name="no-break"),
                    class_name="cell-context cell-parts",
                ),
                _foot(row),
                class_name="cell-text",
            ),
            # After the text: cells with and without a photo begin at the same edge.
            rx.cond(
                row.thumb != "",
                rx.el.img(src=row.thumb, alt="", loading="lazy", class_name="cell-thumb"),
            ),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"{address}?no={row.no}",
            aria_current=rx.cond(row.no == open_no, "true", "false"),
            class_name="cell",
        ),
        key=row.no,
    )


def _foot(row: CaseRow) -> rx.Component:
    return rx.el.span(
        colour_badge(row.colour, row.shape, row.status),
        rx.cond(row.urgency != "", word_badge(row.urgency, "alert")),
        rx.cond(row.due_words != "", due_mark(row.due_state, row.due_words)),
        rx.cond(row.flags != "", rx.el.span(row.flags, class_name="quiet small")),
        class_name="cell-foot",
    )


def case_cells(rows: list[CaseRow], address: str, label: str, open_no: str = "") -> rx.Component:
    """List cases as cells."""
    return rx.el.ul(
        rx.foreach(rows, lambda row: case_cell(row, address, open_no)),
        aria_label=label,
        class_name="cells",
    )

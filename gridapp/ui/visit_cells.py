"""Households and visits as parts of a list: masked, in words, and nothing more."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from gridapp.services.visits.views import HouseholdCard, VisitView
from gridapp.ui.links import whole_page_link
from gridapp.ui.marks import due_mark, word_badge

_PHOTO = "走访照片"


@dataclass(frozen=True)
class HouseholdRow:
    """What a list shows of a household."""

    id: str
    who: str
    kind: str
    rhythm: str
    next_state: str
    next_words: str


@dataclass(frozen=True)
class VisitRow:
    """What a history or a diary shows of a visit; empty words are left out."""

    id: str
    household: str
    whom: str
    when: str
    what: str
    text: str
    next_words: str
    corrections: str
    was: str
    case_no: str
    photos: list[str]
    may_correct: bool
    may_promote: bool


def household_row(card: HouseholdCard) -> HouseholdRow:
    """Take from a card what a list shows."""
    last = f"，上次{card.last_words}" if card.last_words else "，还没有走访过"
    return HouseholdRow(
        id=card.id,
        who=f"{card.building} {card.name_masked}",
        kind=card.kind,
        rhythm=f"{card.interval_words}{last}",
        next_state=card.next_state,
        next_words=card.next_words,
    )


def visit_row(view: VisitView) -> VisitRow:
    """Take from a visit what a history shows."""
    deeds = {button.deed for button in view.buttons}
    return VisitRow(
        id=view.id,
        household=view.household,
        whom=view.whom,
        when=f"{view.on_words} · {view.by}",
        what=f"{view.outcome_label} · {view.kind}",
        text=view.text,
        next_words=f"下次{view.next_words}" if view.next_words else "",
        corrections="\n".join(f"{c.at_words}更正：{c.words}" for c in view.corrections),
        was="；".join(c.was_words for c in view.corrections if c.was_words),
        case_no=view.case_no,
        photos=list(view.photos),
        may_correct="visit.correct" in deeds,
        may_promote="visit.promote" in deeds,
    )


def household_cells(rows: list[HouseholdRow], label: str) -> rx.Component:
    """List households as cells that lead to them."""
    return rx.el.ul(rx.foreach(rows, _cell), aria_label=label, class_name="cells")


def _cell(row: HouseholdRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                rx.el.span(row.who, class_name="cell-meaning"),
                rx.el.span(row.rhythm, class_name="cell-context"),
                rx.el.span(
                    word_badge(row.kind),
                    due_mark(row.next_state, row.next_words),
                    class_name="cell-foot",
                ),
                class_name="cell-text",
            ),
            rx.el.span(class_name="cell-arrow", aria_hidden="true"),
            href=f"/worker/household?id={row.id}",
            class_name="cell",
        ),
        key=row.id,
    )


def visit_timeline(
    rows: list[VisitRow],
    label: str,
    *,
    buttons: Callable[[VisitRow], rx.Component],
    is_diary: bool = False,
) -> rx.Component:
    """List visits, the newest first; a diary says to whom, a history does not have to."""
    return rx.el.ol(
        rx.foreach(rows, lambda row: _entry(row, buttons, is_diary=is_diary)),
        aria_label=label,
        class_name="timeline",
    )


def _entry(
    row: VisitRow, buttons: Callable[[VisitRow], rx.Component], *, is_diary: bool
) -> rx.Component:
    whom = (
        [rx.el.a(row.whom, href=f"/worker/household?id={row.household}", class_name="way-to")]
        if is_diary
        else []
    )
    return rx.el.li(
        rx.el.p(row.what, class_name="timeline-what"),
        *whom,
        rx.el.p(row.when, class_name="timeline-when"),
        rx.cond(row.text != "", rx.el.p(row.text, class_name="timeline-words")),
        rx.cond(row.was != "", rx.el.p(rx.el.s("原记：", row.was), class_name="quiet small")),
        rx.cond(row.corrections != "", rx.el.p(row.corrections, class_name="timeline-words small")),
        _photos(row),
        rx.cond(row.next_words != "", rx.el.p(row.next_words, class_name="quiet small")),
        rx.cond(
            row.case_no != "",
            rx.el.a(
                f"已转为事件 {row.case_no}",
                href=f"/worker/case?no={row.case_no}",
                class_name="way-to",
            ),
        ),
        buttons(row),
        key=row.id,
    )


def _photos(row: VisitRow) -> rx.Component:
    return rx.cond(
        row.photos.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.div(photo_links(row.photos, _PHOTO), class_name="shots"),
    )


def photo_links(photos: list[str], label: str) -> rx.Component:
    """Show photos small; a tap opens one large in a page of its own."""
    return rx.foreach(
        photos,
        lambda sha256: whole_page_link(
            rx.el.img(src=f"/api/v1/photos/{sha256}?size=thumb", alt=label, loading="lazy"),
            href=f"/api/v1/photos/{sha256}",
            target="_blank",
            key=sha256,
        ),
    )

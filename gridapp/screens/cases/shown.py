"""A case as the page shows it: the service's view, cut down to words."""

from dataclasses import dataclass
from typing import Final

from gridapp.services.cases.views import CaseView, PhotoView, StepView
from gridapp.ui.story import FiveStepRow, PhotoRow, StepRow

# A hotline message of thousands of characters must not push the rest of the case off the page.
_LONG_CHARACTERS: Final = 400
_HEAD_CHARACTERS: Final = 300
_CASE: Final = "事件"
_SAID: Final = {"done": "已完成", "now": "进行中", "ahead": "未开始"}


@dataclass(frozen=True)
class ShownCase:
    """What the page shows of one case; empty words are left out."""

    no: str = ""
    title: str = ""
    version: int = 0
    text: str = ""
    rest: str = ""
    status: str = ""
    colour: str = "red"
    shape: str = ""
    colour_word: str = ""
    due_state: str = ""
    due_words: str = ""
    promise: str = ""
    provisional: str = ""
    place: str = ""
    grid: str = ""
    category: str = ""
    urgency: str = ""
    source: str = ""
    reporter: str = ""
    reported: str = ""
    handler: str = ""
    flags: str = ""
    outcome: str = ""
    reply: str = ""
    rating: str = ""
    merged_into: str = ""
    pause: str = ""
    extension: str = ""
    may_reveal: bool = False


def shown_case(view: CaseView) -> ShownCase:
    """Take from a view what the page shows."""
    card = view.card
    is_short = len(view.text) <= _LONG_CHARACTERS
    phone = f" {view.reporter_phone_masked}" if view.reporter_phone_masked else ""
    return ShownCase(
        no=card.no,
        title="·".join(filter(None, (card.category, card.place, _CASE))),
        version=card.version,
        text=view.text if is_short else view.text[:_HEAD_CHARACTERS],
        rest="" if is_short else view.text[_HEAD_CHARACTERS:],
        status=card.status_label,
        colour=card.colour,
        shape=card.colour_shape,
        colour_word=card.colour_label,
        due_state=card.due_state,
        due_words=card.due_words,
        promise=view.promise_words,
        provisional="节假日安排尚未公布，期限可能提前。" if card.due_provisional else "",
        place=card.place,
        grid=card.grid,
        category=card.category,
        urgency=card.urgency_label,
        source=f"{card.source_label} {view.source_ref}".strip(),
        reporter=f"{view.reporter}{phone}",
        reported=card.reported_words,
        handler=card.handler,
        flags="、".join(card.flags),
        outcome=view.outcome_label,
        reply=view.reply,
        rating=view.rating_words,
        merged_into=view.merged_into_no,
        pause=view.pause_words,
        extension=view.extension_words,
        may_reveal=view.may_reveal,
    )


def step_rows(steps: tuple[StepView, ...]) -> list[StepRow]:
    """List the history as the page shows it, the newest first."""
    return [
        StepRow(
            key=str(place),
            what=f"{step.label} · {step.actor}",
            when=step.at_words,
            words=step.words,
            facts=step.facts_words,
            photos=f"照片{len(step.photos)}张" if step.photos else "",
        )
        for place, step in reversed(list(enumerate(steps)))
    ]


def five_step_rows(view: CaseView) -> list[FiveStepRow]:
    """List the five steps."""
    return [FiveStepRow(step.label, step.state, _SAID[step.state]) for step in view.five_steps]


def photo_rows(photos: tuple[PhotoView, ...]) -> list[PhotoRow]:
    """List the photos, each once."""
    rows = {
        photo.sha256: PhotoRow(
            photo.sha256, f"/api/v1/photos/{photo.sha256}?size=thumb", photo.kind_label
        )
        for photo in photos
    }
    return list(rows.values())

"""How a case went on: five steps, a timeline, photos, facts by name."""

from dataclasses import dataclass
from typing import Any

import reflex as rx


@dataclass(frozen=True)
class StepRow:
    """One deed of the history."""

    key: str
    what: str
    when: str
    words: str
    facts: str
    photos: str


@dataclass(frozen=True)
class FiveStepRow:
    """One of the five steps: ``state`` is done, now or ahead."""

    label: str
    state: str
    said: str


@dataclass(frozen=True)
class PhotoRow:
    """A photo with when it was taken, told from the work."""

    sha256: str
    thumb: str
    label: str


def five_step_bar(steps: list[FiveStepRow], label: str) -> rx.Component:
    """Show where a case stands in the five steps."""
    return rx.el.ol(
        rx.foreach(
            steps,
            lambda step: rx.el.li(
                step.label,
                rx.el.span(step.said, class_name="unseen"),
                aria_current=rx.cond(step.state == "now", "step", "false"),
                key=step.label,
                class_name=step.state,
            ),
        ),
        aria_label=label,
        class_name="steps",
    )


def timeline(steps: list[StepRow], label: str) -> rx.Component:
    """List what happened, the newest first."""
    return rx.el.ol(rx.foreach(steps, _step), aria_label=label, class_name="timeline")


def _step(step: StepRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(step.what, class_name="timeline-what"),
        rx.el.p(step.when, class_name="timeline-when"),
        rx.cond(step.facts != "", rx.el.p(step.facts, class_name="small")),
        rx.cond(step.words != "", rx.el.p(step.words, class_name="timeline-words")),
        rx.cond(step.photos != "", rx.el.p(step.photos, class_name="quiet small")),
        key=step.key,
    )


def photo_strip(photos: list[PhotoRow], on_open: Any) -> rx.Component:
    """Show photos as squares; a tap shows one large."""
    return rx.el.div(
        rx.foreach(
            photos,
            lambda photo: rx.el.figure(
                rx.el.button(
                    rx.el.img(src=photo.thumb, alt=photo.label, loading="lazy"),
                    type="button",
                    on_click=on_open(photo.sha256, photo.label),
                    class_name="shot",
                ),
                rx.el.figcaption(photo.label, aria_hidden="true"),
                key=photo.sha256,
            ),
        ),
        class_name="shots",
    )


def facts(*pairs: tuple[str, str]) -> rx.Component:
    """List facts by name; what is empty is left out."""
    rows = [
        rx.cond(value != "", rx.fragment(rx.el.dt(name), rx.el.dd(value))) for name, value in pairs
    ]
    return rx.el.dl(*rows, class_name="facts")

"""Marks on a case: its colour with shape and word, and how its deadline stands."""

import reflex as rx


def colour_badge(colour: str, shape: str, word: str) -> rx.Component:
    """Show one of the three colours; a colour never comes without its shape and its word."""
    return rx.el.span(rx.el.span(shape, aria_hidden="true"), word, class_name=f"badge {colour}")


def word_badge(word: str, kind: str = "") -> rx.Component:
    """Show a short word in a badge: plain, ``blue`` or ``alert``."""
    return rx.el.span(word, class_name=f"badge {kind}".strip())


def due_mark(state: str, words: str) -> rx.Component:
    """Show how a deadline stands: a ring that fills, and words.

    Args:
        state: A word of ``CaseCard.due_state``.
        words: How long is left or over.
    """
    return rx.el.span(words, class_name=f"due {state}")

"""The four steps that residents see of a case's seven, and whether a promise is still running."""

from typing import Final

from gridapp.contact.words import track as words
from gridapp.domain.vocabulary import Status

_HERE_NOW: Final = {
    Status.REPORTED: 0,
    Status.ACCEPTED: 0,
    Status.DISPATCHED: 1,
    Status.TAKEN: 2,
    Status.PAUSED: 2,
    Status.HANDLED: 2,
    Status.VERIFIED: 2,
}
_WITHOUT_PROMISE: Final = frozenset({"done", "paused"})


def step_nodes(status: Status) -> list[tuple[str, str]]:
    """Give the four steps, each with done, now or ahead."""
    here = _HERE_NOW.get(status, len(words.NODES))
    names = [*words.NODES[:-1], words.LAST_NODE.get(status, words.NODES[-1])]
    return [
        (name, "done" if i < here else "now" if i == here else "ahead")
        for i, name in enumerate(names)
    ]


def is_promised(due_state: str) -> bool:
    """Tell whether an answer is still promised by a moment."""
    return due_state not in _WITHOUT_PROMISE

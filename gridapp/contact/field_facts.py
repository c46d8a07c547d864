"""Which fields and photos each capture form has, and how they become the facts of its deed."""

from typing import Any, Final

from gridapp.contact.words import field as words

FIELDS: Final = {
    "settle": ("at", "category", "text", "words"),
    "handle": ("outcome", "words"),
    "report": ("at", "category", "text"),
    "note": ("at", "text"),
}
PICKERS: Final = {
    "settle": ("before", "after"),
    "handle": ("before", "after"),
    "report": ("photos",),
    "note": ("photos",),
}
_NEEDED: Final = {
    "settle": {"at": words.PLACE_NEEDED, "words": words.DONE_NEEDED},
    "handle": {"outcome": words.OUTCOME_NEEDED, "words": words.DONE_NEEDED},
    "report": {"at": words.PLACE_NEEDED, "text": words.FOUND_NEEDED},
    "note": {"text": words.NOTE_NEEDED},
}
# Of a case that is there already, place and text are known.
_KNOWN_OF_A_CASE: Final = frozenset({"at", "text"})


def mistakes(name: str, no: str, told: dict[str, str]) -> dict[str, str]:
    """Name what is missing, by field."""
    return {
        field: sentence
        for field, sentence in _NEEDED[name].items()
        if not told.get(field, "").strip() and not (no and field in _KNOWN_OF_A_CASE)
    }


def said_once(name: str, no: str, told: dict[str, str]) -> dict[str, str]:
    """Let what was done say what there was, so that nobody writes the same thing twice."""
    is_left_out = name == "settle" and not no and not told.get("text", "").strip()
    return told | {"text": told.get("words", "")} if is_left_out else told


def facts_told(told: dict[str, str], kept: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Give the facts as the modules would send them: what is empty is not said."""
    said: dict[str, Any] = {name: text for name, text in told.items() if text.strip()}
    return said | {picker: list(hashes) for picker, hashes in kept.items() if hashes}

"""Loads all encodings that Python knows: a decoder that looks one up later finds no file."""

import encodings
import importlib
import pkgutil
from contextlib import suppress
from datetime import datetime


def load_encodings() -> None:
    """Load them, but for those of other systems, and what the first date that is read loads."""
    datetime.strptime("2026", "%Y")  # noqa: DTZ007 - for its module only
    for found in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):
            importlib.import_module(f"encodings.{found.name}")

"""An id from an address or a page that is none is a friendly refusal, never a traceback."""

import ast
from pathlib import Path
from uuid import UUID

import gridapp.screens
from gridapp.services.orders import uid_of

SCREENS = Path(gridapp.screens.__file__).parent


def loose_reads(path: Path) -> list[str]:
    """List where a screen reads an id by itself: ``UUID(...)`` of what is no literal."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "UUID")
    loose = (call for call in named if not isinstance(call.args[0], ast.Constant))
    return [f"{path.name}:{call.lineno}" for call in loose]


def test_no_screen_reads_an_id_unguarded() -> None:
    assert [found for path in SCREENS.rglob("*.py") for found in loose_reads(path)] == []


def test_a_spoilt_id_is_a_new_one() -> None:
    ids = {uid_of(given) for given in ("", "x", "\x00", "0" * 31, "７" * 32 + "x")}
    assert len(ids) == 5
    assert uid_of("0b7f0f4e-7f0c-4d0f-9a51-6b8f2f1c9d33") == UUID(
        int=0x0B7F0F4E7F0C4D0F9A516B8F2F1C9D33
    )

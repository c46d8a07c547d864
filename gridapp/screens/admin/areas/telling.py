"""Turns what a form of the tree sent into a deed's subject and facts."""

from typing import Any, Final

from gridapp.domain.vocabulary import Deed

PARTS: Final = ("1", "2", "3")
FormFacts = dict[str, str | bool]


def told_by(deed: Deed, area: str, form: FormFacts, *, line: str, other: str) -> tuple[str, Any]:
    """Give the subject and the facts; what was left empty was not said.

    Args:
        deed: The deed whose form it is.
        area: The code of the grid whose page is open.
        form: What was filled in.
        line: The business line for which a contact is filled in.
        other: The grid from which this one is parted.
    """
    said = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    plain = {name: said[name] for name in _FIELDS.get(deed, ()) if said.get(name)}
    if deed is Deed.ADD_AREA:
        return "", plain | {"above": area}
    if deed is Deed.SPLIT_AREA:
        return area, {"parts": _parts(said), "keep_people": "keep_people" in form}
    if deed is Deed.MERGE_AREAS:
        return area, {"others": _ticked(form, "t")}
    if deed is Deed.REASSIGN:
        return said.get("target", ""), {"buildings": _numbers(_ticked(form, "b"))}
    target = said.get("target", "")
    return area, plain | {
        Deed.MOVE_AREA: {"above": target},
        Deed.PAIR_AREAS: {"other": target},
        Deed.PART_AREAS: {"other": other},
        Deed.SET_LINE_CONTACT: {"line": line},
    }.get(deed, {})


_FIELDS: Final = {
    Deed.ADD_AREA: ("level", "kind", "name", "code"),
    Deed.RENAME_AREA: ("name", "code", "kind"),
    Deed.RETIRE_AREA: ("words",),
    Deed.PAIR_AREAS: ("words",),
    Deed.SET_FOCUS: ("year", "kind", "title", "state", "words"),
    Deed.SET_LINE_CONTACT: ("name", "phone", "organisation"),
}


def _parts(said: dict[str, str]) -> list[dict[str, Any]]:
    """Give the parts that have a name or something in them, each with what was put there."""
    parts = []
    for number in PARTS:
        keys = [name[1:] for name, value in said.items() if name[0] == "p" and value == number]
        name = said.get(f"name{number}", "")
        if name or keys:
            parts.append(
                {
                    "name": name,
                    "buildings": _numbers([key[1:] for key in keys if key[0] == "b"]),
                    "children": [key[1:] for key in keys if key[0] == "g"],
                }
            )
    return parts


def _ticked(form: FormFacts, sign: str) -> list[str]:
    return [name[1:] for name, value in form.items() if name[:1] == sign and value and name[1:]]


def _numbers(keys: list[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) <= 9]  # noqa: PLR2004 - as long as an id may be

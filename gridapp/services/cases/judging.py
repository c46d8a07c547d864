"""Judges a new report by what came in lately: whether it is set aside (待甄别).

How many are too many is not known here, but by the judge that is handed in
(``services.limits``); what the house itself reports is judged by nobody.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from gridapp.domain.danger import is_pressing
from gridapp.domain.vocabulary import AsideReason, Source
from gridapp.services.cases.intake import LookedUp
from gridapp.services.desk import Act


class Lately(NamedTuple):
    """How many reports came in lately, with this one.

    Args:
        building_id: Where it is.
        by_device: From the same device.
        at_place: From the same building, whoever sent them.
    """

    building_id: int
    by_device: int = 0
    at_place: int = 0


# Asked with the reporter's own act and the report's id.
Judge = Callable[[Act, UUID, Lately], AsideReason | None]


def judge_nothing(_act: Act, _uid: UUID, _lately: Lately) -> None:
    """Set nothing aside, however much comes in."""


def judged(
    act: Act, values: Mapping[str, Any], place: LookedUp, met: Counter[str | int], judge: Judge
) -> tuple[Lately, dict[str, Any]]:
    """Judge a new report; gives what it was judged by, and the columns that say the outcome.

    Danger is never set aside. From whom the centre has blocked, danger stands in the inbox too,
    but is told to nobody else until somebody has looked at it.

    Args:
        act: The reporter's.
        values: The columns of the new case so far.
        place: What was looked up for it.
        met: What this very transaction has added, by device and by building; counted on here.
        judge: Who decides.
    """
    assert place.building_id is not None
    device, building = values["device"], place.building_id
    if values["source"] == Source.QR:  # what staff reports counts for nobody
        met.update((device, building))
    lately = Lately(building, place.device_count + met[device], place.place_count + met[building])
    if act.actor.person_id is not None:
        return lately, {"is_held": False, "aside_for": None}
    reason = AsideReason.BLOCKED if place.is_blocked else None
    if is_pressing(values["urgency"], values["text"]):
        return lately, {"is_held": reason is not None, "aside_for": None}
    reason = reason or judge(act, values["uid"], lately)
    return lately, {"is_held": reason is not None, "aside_for": reason}

"""What each deed changes in a case's row, a second time beside the deed itself.

Rows by the ten thousand cannot be made one transaction at a time. ``test_replay.py`` plays whole
stories through the real deeds and compares every column with what stands here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from gridapp.demo.areas import Row
from gridapp.demo.stage import Stage
from gridapp.demo.telling import Photos, Told
from gridapp.domain.deadlines import Limit, after_pause, parse_limit, step_due
from gridapp.domain.promising import (
    Amended,
    Extended,
    Paused,
    Standing,
    begin_promise,
    promise_after,
)
from gridapp.domain.vocabulary import Deed, Outcome, PhotoKind, Satisfaction, Supervision
from gridapp.domain.workflow import RETURNS_BEFORE_SUPERVISION
from gridapp.services.calendar.promises import limits_of, promised_values
from gridapp.services.cases.events import LIMIT, LIMIT_WAS, RESUMED_AT
from gridapp.services.cases.lives import FRESH, life_values

_CARDS: Final = list(Supervision)


@dataclass(slots=True)
class Effect:
    """What a deed changes, and what its step says beside the words."""

    changes: Row
    facts: dict[str, Any] = field(default_factory=dict)
    is_public: bool = False
    photos: Photos = field(default_factory=list)
    life: Row | None = None


def _limit_of(row: Row) -> Limit:
    limit = parse_limit(row["due_limit"])
    assert limit is not None, "every case is promised by a limit"
    return limit


def _standing_of(row: Row) -> Standing:
    start_at = row["reopened_at"] or row["reported_at"]
    provisional, missed_at = row["due_provisional"], row["missed_at"]
    return Standing(start_at, _limit_of(row), row["due_at"], provisional, missed_at)


def _step_due(stage: Stage, row: Row, told: Told, limit: Limit) -> datetime:
    return step_due(told.at, limit, row["due_at"], stage.calendar)


def _shots(told: Told) -> Photos:
    kinds = ((PhotoKind.BEFORE, "before"), (PhotoKind.AFTER, "after"), (PhotoKind.WORDS, "photos"))
    return [(kind, sha256) for kind, name in kinds for sha256 in told.facts.get(name, ())]


def _settle(_stage: Stage, _row: Row, told: Told) -> Effect:
    changes = {
        "settled": True,
        "outcome": Outcome.SOLVED,
        "reply": told.facts["words"],
        "holder_id": told.by,
        "handled_at": told.at,
        "closed_at": told.at,
        "step_due_at": None,
    }
    return Effect(changes, {"outcome": Outcome.SOLVED.value}, is_public=True, photos=_shots(told))


def _accept(stage: Stage, row: Row, told: Told) -> Effect:
    code = told.facts.get("category")
    if not code:
        return Effect({"step_due_at": None})
    category = stage.categories[code]
    limit = limits_of(category, category.urgency).whole
    again = promise_after(_standing_of(row), Amended(told.at, limit), stage.calendar)
    changes: Row = {"category_id": category.id, "urgency": category.urgency, "step_due_at": None}
    facts = {LIMIT: str(limit), LIMIT_WAS: row["due_limit"]}
    return Effect(changes | promised_values(again), facts)


def _decline(_stage: Stage, _row: Row, told: Told) -> Effect:
    changes = {"reply": told.facts["words"], "closed_at": told.at, "step_due_at": None}
    return Effect(changes, is_public=True)


def _dispatch(stage: Stage, row: Row, told: Told) -> Effect:
    unit = told.facts.get("unit")
    limits = limits_of(stage.category(row["category_id"]), row["urgency"])
    changes = {
        "unit_id": stage.staff.unit_ids[unit] if unit else None,
        "holder_id": None,
        "dispatch_count": row["dispatch_count"] + 1,
        "step_due_at": _step_due(stage, row, told, limits.take),
    }
    return Effect(changes, {"to": stage.unit_name(unit) if unit else "本网格"})


def _take(stage: Stage, row: Row, told: Told) -> Effect:
    limits = limits_of(stage.category(row["category_id"]), row["urgency"])
    due_at = _step_due(stage, row, told, limits.handle)
    return Effect({"holder_id": told.by, "step_due_at": due_at})


def _return(stage: Stage, row: Row, told: Told) -> Effect:
    unit = told.facts.get("unit")
    again = row["return_count"] + 1 >= RETURNS_BEFORE_SUPERVISION
    raised = again and row["supervision"] in {Supervision.NONE, Supervision.URGED}
    changes = {
        "return_count": row["return_count"] + 1,
        "holder_id": None,
        "unit_id": None,
        "step_due_at": None,
        "supervision": Supervision.YELLOW_CARD if raised else row["supervision"],
    }
    return Effect(changes, {"suggested_unit": stage.unit_name(unit)} if unit else {})


def _handle(_stage: Stage, _row: Row, told: Told) -> Effect:
    outcome = Outcome(told.facts["outcome"])
    changes = {
        "outcome": outcome,
        "reply": told.facts["words"],
        "handled_at": told.at,
        "holder_id": told.by,
        "step_due_at": None,
        "extension_asked_to": None,
    }
    return Effect(changes, {"outcome": outcome.value}, is_public=True, photos=_shots(told))


def _verify(_stage: Stage, _row: Row, _told: Told) -> Effect:
    return Effect({"step_due_at": None})


def _redo(stage: Stage, row: Row, told: Told) -> Effect:
    limits = limits_of(stage.category(row["category_id"]), row["urgency"])
    changes = {
        "redo_count": row["redo_count"] + 1,
        "outcome": None,
        "handled_at": None,
        "holder_id": None,
        "redone_at": told.at,
        "step_due_at": _step_due(stage, row, told, limits.take),
    }
    return Effect(changes)


def _close(_stage: Stage, _row: Row, told: Told) -> Effect:
    return Effect({"closed_at": told.at, "step_due_at": None})


def _reopen(stage: Stage, row: Row, told: Told) -> Effect:
    limits = limits_of(stage.category(row["category_id"]), row["urgency"])
    begun = begin_promise(told.at, limits.whole, stage.calendar)
    changes: Row = {
        **FRESH,
        **promised_values(begun),
        "reopen_count": row["reopen_count"] + 1,
        "reopened_at": told.at,
        "reopened_due_at": begun.due_at,
        "step_due_at": step_due(told.at, limits.accept, begun.due_at, stage.calendar),
    }
    life, facts = life_values(row.__getitem__), {LIMIT: str(limits.whole)}
    return Effect(changes, facts, is_public=True, life=life)


def _pause(_stage: Stage, row: Row, told: Told) -> Effect:
    resume_at: datetime = told.facts["resume_at"]
    changes = {"paused_from": row["status"], "paused_at": told.at, "resume_at": resume_at}
    return Effect(changes, {"resume_at": resume_at.isoformat()}, is_public=True)


def _resume(stage: Stage, row: Row, told: Told) -> Effect:
    changes: Row = dict.fromkeys(("paused_from", "paused_at", "resume_at"))
    paused = Paused(row["paused_at"], told.at)
    changes |= promised_values(promise_after(_standing_of(row), paused, stage.calendar))
    if row["step_due_at"] is not None:
        changes["step_due_at"] = after_pause(
            row["step_due_at"], _limit_of(row),
            paused_at=row["paused_at"], resumed_at=told.at, calendar=stage.calendar,
        )  # fmt: skip
    return Effect(changes, {RESUMED_AT: told.at.isoformat()}, is_public=True)


def _ask_extension(_stage: Stage, _row: Row, told: Told) -> Effect:
    to: datetime = told.facts["to"]
    return Effect({"extension_asked_to": to}, {"to": to.isoformat()})


def _extend(stage: Stage, row: Row, told: Told) -> Effect:
    to: datetime = row["extension_asked_to"]
    granted = promise_after(_standing_of(row), Extended(told.at, to), stage.calendar)
    changes: Row = {
        **promised_values(granted),
        ("extended_late_at" if row["due_at"] < told.at else "extended_at"): told.at,
        "step_due_at": to,
        "extension_asked_to": None,
        "extension_count": row["extension_count"] + 1,
        "warned_at": None,
    }
    facts = {"from": row["due_at"].isoformat(), "to": to.isoformat()}
    return Effect(changes, facts, is_public=True)


def _urge(_stage: Stage, row: Row, _told: Told) -> Effect:
    return Effect({"supervision": max(row["supervision"], Supervision.URGED, key=_CARDS.index)})


def _supervise(_stage: Stage, _row: Row, told: Told) -> Effect:
    level = Supervision(told.facts["level"])
    return Effect({"supervision": level}, {"level": level.value})


def _merge(_stage: Stage, _row: Row, told: Told) -> Effect:
    into: str = told.facts["into"]
    # The number is six signs of the date and the id.
    changes = {"merged_into_id": int(into[6:]), "closed_at": told.at, "step_due_at": None}
    return Effect(changes, {"into": into}, is_public=True)


def _rate(_stage: Stage, _row: Row, told: Told) -> Effect:
    satisfaction = Satisfaction(told.facts["satisfaction"])
    changes = {
        "contacted": told.facts["contacted"],
        "solved": told.facts["solved"],
        "satisfaction": satisfaction,
        "rated_at": told.at,
    }
    return Effect(changes, {"satisfaction": satisfaction.value}, is_public=True)


def _add_words(_stage: Stage, _row: Row, told: Told) -> Effect:
    return Effect({}, is_public=True, photos=_shots(told))


def _thank(_stage: Stage, _row: Row, told: Told) -> Effect:
    return Effect({"thanked_at": told.at}, is_public=True)


def _leave_phone(_stage: Stage, _row: Row, told: Told) -> Effect:
    return Effect({"reporter_phone": told.facts["phone"]})


EFFECTS: Final[dict[Deed, Callable[[Stage, Row, Told], Effect]]] = {
    Deed.SETTLE: _settle,
    Deed.ACCEPT: _accept,
    Deed.DECLINE: _decline,
    Deed.DISPATCH: _dispatch,
    Deed.TAKE: _take,
    Deed.RETURN: _return,
    Deed.HANDLE: _handle,
    Deed.VERIFY: _verify,
    Deed.REDO: _redo,
    Deed.CLOSE: _close,
    Deed.REOPEN: _reopen,
    Deed.PAUSE: _pause,
    Deed.RESUME: _resume,
    Deed.ASK_EXTENSION: _ask_extension,
    Deed.EXTEND: _extend,
    Deed.URGE: _urge,
    Deed.SUPERVISE: _supervise,
    Deed.MERGE: _merge,
    Deed.RATE: _rate,
    Deed.ADD_WORDS: _add_words,
    Deed.THANK: _thank,
    Deed.LEAVE_PHONE: _leave_phone,
}

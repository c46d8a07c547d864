"""Makes the rows of a case: its birth, and one step after the other."""

import base64
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gridapp.demo.areas import Row
from gridapp.demo.effects import EFFECTS
from gridapp.demo.stage import Stage
from gridapp.demo.telling import Played, Report, Told
from gridapp.domain.deadlines import promise, step_due
from gridapp.domain.searching import grams
from gridapp.domain.vocabulary import Deed, PhotoKind, Source, Status, Urgency
from gridapp.domain.workflow import is_beside_the_work, status_after
from gridapp.services.calendar.promises import limits_of
from gridapp.services.cases.move import grams_with
from gridapp.services.cases.report import ReportFacts
from gridapp.services.orders import digest_of
from gridapp.tables import Case

_BLANK: Final[Row] = {
    name: None if column.is_required() else column.get_default()
    for name, column in Case.model_fields.items()
}


def begin(stage: Stage, case_id: int, report: Report) -> Played:
    """Begin a case with its report."""
    facts, place, at = ReportFacts(**report.facts), report.place, report.at
    category = stage.categories[facts.category] if facts.category else None
    urgency = category.urgency if category else Urgency.ORDINARY
    limits = limits_of(category, urgency)
    due = promise(at, limits.whole, stage.calendar)
    row = _BLANK | {
        "id": case_id,
        "uid": report.uid,
        "digest": digest_of(facts.model_dump(mode="json", exclude={"made_at"})),
        "track": base64.urlsafe_b64encode(report.track).decode().rstrip("="),
        "source": _source(report, facts),
        "category_id": category.id if category else None,
        "urgency": urgency,
        "grid_id": place.grid_id,
        "building_id": place.building_id,
        "place": place.name,
        "text": facts.text,
        "grams": grams(f"{facts.text} {place.name} {place.address}"),
        "lng_wgs84": facts.lng_wgs84,
        "lat_wgs84": facts.lat_wgs84,
        "accuracy_m": facts.accuracy_m,
        "reporter_name": facts.name or "",
        "reporter_phone": facts.phone or "",
        "reporter_id": report.by,
        "device": report.device,
        "made_at": facts.made_at,
        "received_at": at,
        "reported_at": at,
        "due_at": due.due_at,
        "first_due_at": due.due_at,
        "due_limit": str(limits.whole),
        "due_provisional": due.provisional,
        "step_due_at": step_due(at, limits.accept, due.due_at, stage.calendar),
    }
    played = Played(row, report)
    photos = [(PhotoKind.REPORT, sha256) for sha256 in facts.photos]
    step = _step(row, Deed.REPORT, None, at, report.by, done_at=report.made_at, is_public=True)
    played.steps.append((step, photos))
    return played


def _source(report: Report, facts: ReportFacts) -> Source:
    if report.by is None:
        return Source.QR
    return facts.source or Source.WORKER


def _step(  # noqa: PLR0913 - a step has as many parts as the history shows
    row: Row,
    deed: Deed,
    before: Status | None,
    at: datetime,
    by: int | None,
    *,
    done_at: datetime | None,
    words: str = "",
    is_public: bool = False,
    facts: dict[str, Any] | None = None,
    uid: UUID | None = None,
) -> Row:
    return {
        "case_id": row["id"],
        "deed": deed,
        "status_from": before,
        "status_to": row["status"],
        "actor_id": by,
        "at": at,
        "done_at": done_at,
        "words": words,
        "is_public": is_public,
        "facts": facts or {},
        "uid": uid,
    }


def play(stage: Stage, played: Played, told: Told) -> None:
    """Let one deed happen to a case."""
    row, before = played.row, played.row["status"]
    after = status_after(told.deed, before, paused_from=row["paused_from"])
    assert after is not None, f"{told.deed} does not apply to a case that is {before}"
    effect = EFFECTS[told.deed](stage, row, told)
    is_beside = is_beside_the_work(told.deed, is_staff=told.by is not None)
    if effect.life is not None:
        played.lives.append(effect.life)
    row.update(effect.changes, status=after, version=row["version"] + (0 if is_beside else 1))
    if after is not before:
        row["moved_at"] = told.at
    step = _step(
        row, told.deed, before, told.at, told.by,
        done_at=told.at if told.by else None, words=told.facts.get("words", ""),
        is_public=effect.is_public, facts=effect.facts, uid=told.uid,
    )  # fmt: skip
    if step["words"]:
        row["grams"] = grams_with(row["grams"], step["words"])
    played.steps.append((step, effect.photos))
    played.moves.append(told)

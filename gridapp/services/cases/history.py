"""Turns the appended steps of a case into what a person reads, staff or reporter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.clockwords import due_words, moment_words
from gridapp.domain.labels import DEED, OUTCOME, PHOTO_KIND, SATISFACTION, STATUS, SUPERVISION
from gridapp.domain.timebounds import nearest_within
from gridapp.domain.vocabulary import Deed, Outcome, Satisfaction, Supervision
from gridapp.services.bad_rows import readable
from gridapp.services.cases.offices import offices_of
from gridapp.services.cases.views import PhotoView, StepView
from gridapp.services.desk import Act
from gridapp.tables import CasePhoto, CaseStep, Person, Photo

# What came in so much later than it was done was done without a network.
_LATER = timedelta(minutes=10)
_CENTRE = "街道城运中心"
_YOU = "您"

# What the reporter is told of; by whom is told by the post that acted.
_FOR_REPORTER = frozenset(
    {
        Deed.REPORT, Deed.RATE, Deed.REOPEN, Deed.ADD_WORDS, Deed.THANK, Deed.SETTLE, Deed.TAKE,
        Deed.HANDLE, Deed.ACCEPT, Deed.DECLINE, Deed.DISPATCH, Deed.VERIFY, Deed.CLOSE, Deed.PAUSE,
        Deed.RESUME, Deed.EXTEND, Deed.MERGE,
    }
)  # fmt: skip


def steps_for_staff(act: Act, case_id: int) -> tuple[StepView, ...]:
    """Give the whole history of a case, oldest first."""
    photos = photos_by_step(act, [case_id])

    def view(found: tuple[CaseStep, str | None]) -> StepView:
        step, name = found
        shown = _step(act, step, name or _nobody(step), step.words, photos.get(step.id or 0, []))
        return replace(shown, facts_words=staff_facts_words(act.now, step))

    return tuple(readable("case steps", _rows(act, [case_id]), view))


def steps_for_reporter(act: Act, case_id: int) -> tuple[StepView, ...]:
    """Give the history that the reporter may read: offices, not people; public words only."""
    photos = photos_by_step(act, [case_id])
    shown = [
        step
        for step, _ in _rows(act, [case_id])
        if step.deed in _FOR_REPORTER and (step.deed is not Deed.ADD_WORDS or step.is_public)
    ]
    offices = offices_of(act, case_id, shown)

    def view(step: CaseStep) -> StepView:
        words = step.words if step.is_public else ""
        who = _for_reporter(step, offices)
        return _step(act, step, who, words, photos.get(step.id or 0, []))

    return tuple(readable("case steps", shown, view))


def _for_reporter(step: CaseStep, offices: dict[int | None, str]) -> str:
    """Say who did a step: the reporter, an office, or what happened by itself."""
    if step.deed is Deed.REPORT:
        return _YOU
    return offices.get(step.id) or (_YOU if step.deed in _OWN else _CENTRE)


_OWN = frozenset({Deed.RATE, Deed.REOPEN, Deed.ADD_WORDS, Deed.THANK, Deed.LEAVE_PHONE})


def _nobody(step: CaseStep) -> str:
    """Name whoever has no account: the reporter, or what happens by itself."""
    return "居民" if step.deed is Deed.REPORT or step.deed in _OWN else "系统"


def steps_by_case(act: Act, case_ids: Sequence[int]) -> dict[int, list[tuple[CaseStep, str]]]:
    """Give the steps of many cases with who did each, as staff may read it, oldest first."""
    steps: dict[int, list[tuple[CaseStep, str]]] = defaultdict(list)
    for step, name in _rows(act, case_ids):
        steps[step.case_id].append((step, name or _nobody(step)))
    return steps


def _rows(act: Act, case_ids: Sequence[int]) -> list[tuple[CaseStep, str | None]]:
    rows = act.session.execute(
        select(CaseStep, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(CaseStep.actor_id))
        .where(col(CaseStep.case_id).in_(case_ids))
        .order_by(col(CaseStep.id))
    ).all()
    return [(step, name) for step, name in rows]


def photos_by_step(act: Act, case_ids: Sequence[int]) -> dict[int, list[PhotoView]]:
    """Give the photos of cases by the step that brought them."""
    rows = act.session.execute(
        select(CasePhoto, col(Photo.sha256))
        .join(Photo, col(Photo.id) == col(CasePhoto.photo_id))
        .where(col(CasePhoto.case_id).in_(case_ids))
        .order_by(col(CasePhoto.id))
    ).all()
    photos: dict[int, list[PhotoView]] = defaultdict(list)
    for hung, sha256 in rows:
        photos[hung.step_id].append(
            PhotoView(sha256, hung.kind.value, PHOTO_KIND[hung.kind], hung.is_public)
        )
    return photos


def _step(act: Act, step: CaseStep, actor: str, words: str, photos: list[PhotoView]) -> StepView:
    return StepView(
        deed=step.deed.value,
        label=DEED[step.deed],
        actor=actor,
        at=step.at,
        at_words=moment_words(act.now, step.at),
        words=words,
        facts_words=facts_words(act.now, step.deed, step.facts),
        status_label=STATUS[step.status_to],
        photos=tuple(photos),
    )


def staff_facts_words(now: datetime, step: CaseStep) -> str:
    """Say a step's facts as staff reads them: with when it was done, where it came in later."""
    parts = (facts_words(now, step.deed, step.facts), _offline_words(now, step))
    return "；".join(part for part in parts if part)


def _offline_words(now: datetime, step: CaseStep) -> str:
    if step.deed is Deed.REPORT:  # `facts_words` says it to everybody
        return ""
    for fact, word in (("clock_ahead_minutes", "快"), ("clock_behind_minutes", "慢")):
        if fact in step.facts:
            return f"设备时间{word} {step.facts[fact]} 分钟，请核对"
    if step.actor_id is None or step.done_at is None or step.at - step.done_at < _LATER:
        return ""
    return f"{moment_words(now, step.done_at)} 办理，断网后补传"


def facts_words(now: datetime, deed: Deed, facts: dict[str, Any]) -> str:
    """Say a step's facts in a few words, empty when there are none to say."""
    if deed is Deed.REPORT and facts.keys() & {"clock_wrong", "clock_ahead_minutes"}:
        return "上报手机的时间不准，按收到的时间计"
    if deed is Deed.DISPATCH:
        return f"派给{facts.get('to', '')}"
    if deed in {Deed.HANDLE, Deed.SETTLE} and "outcome" in facts:
        return f"结果：{OUTCOME[Outcome(facts['outcome'])]}"
    if deed is Deed.RATE:
        return f"评价：{SATISFACTION[Satisfaction(facts['satisfaction'])]}"
    return _other_facts(now, deed, facts)


def _other_facts(now: datetime, deed: Deed, facts: dict[str, Any]) -> str:
    if deed is Deed.SUPERVISE:
        return SUPERVISION[Supervision(facts["level"])] or "解除督办"
    if deed is Deed.RETURN and "suggested_unit" in facts:
        return f"建议转{facts['suggested_unit']}"
    if deed is Deed.MERGE:
        return f"并入 {facts['into']}"
    if deed is Deed.PAUSE:
        return f"预计 {moment_words(now, _told(facts['resume_at']))} 恢复办理"
    if deed in {Deed.ASK_EXTENSION, Deed.EXTEND} and "to" in facts:
        return f"延到 {due_words(now, _told(facts['to']))}"
    return ""


def _told(moment: str) -> datetime:
    """Read a moment out of a step's facts; some were kept before moments had bounds."""
    return nearest_within(datetime.fromisoformat(moment))
